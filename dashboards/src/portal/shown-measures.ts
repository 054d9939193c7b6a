/** Which measured values a person is shown, and how each is said. */
import type { Measures } from '@wayside/contracts/verdict';
import { decimal, kmh } from '../format/numbers.ts';

const seconds = (value: number): string => `${decimal(value, 1)} s`;
const metres = (value: number): string => `${decimal(value, 1)} m`;

export const ROWS = [
  ['pet', 'petSeconds', seconds],
  ['slowest', 'minSpeedMps', kmh],
  ['entry', 'entrySpeedMps', kmh],
  ['distance', 'minDistanceMetres', metres],
  ['stopped', 'stoppedSeconds', seconds],
  ['red', 'redSeconds', seconds],
  ['line', 'lineSpeedMps', kmh],
  ['speed', 'speedMps', kmh],
  ['deducted', 'deductedMps', kmh],
  ['limit', 'limitMps', kmh],
] as const satisfies readonly (readonly [string, keyof Measures, (value: number) => string])[];

export const SHOWN: readonly string[] = ROWS.map(([, key]) => key);
