/** A vehicle's way over the crosswalk. */
import { footprintGap } from '../geometry/footprint-overlap.ts';
import type { Polygon } from '../geometry/polygon.ts';
import { footprintAt, type VehiclePath } from './vehicle-path.ts';

export interface Crossing {
  /** First and last sample whose footprint is on the crosswalk. */
  readonly first: number;
  readonly last: number;
  /** When the front came onto it; undefined where the track begins on it. Seconds. */
  readonly enterS: number | undefined;
  /** When the rear left it; undefined where the track ends on it. Seconds. */
  readonly exitS: number | undefined;
}

/** Gap between footprint and crosswalk at each sample: negative on it. A far one is only a lower bound. */
export const crosswalkGaps = (vehicle: VehiclePath, crosswalk: Polygon): readonly number[] =>
  vehicle.seconds.map((_, i) => crosswalkGapAt(vehicle, crosswalk, i));

/** The gap at one sample. */
export function crosswalkGapAt(vehicle: VehiclePath, crosswalk: Polygon, i: number): number {
  const reach = crosswalk.radius + vehicle.halfDiagonal;
  const dx = (vehicle.x[i] as number) - crosswalk.centreX;
  const dy = (vehicle.y[i] as number) - crosswalk.centreY;
  const far = Math.hypot(dx, dy) - reach;
  return far > 1 ? far : footprintGap(footprintAt(vehicle, i), crosswalk);
}

/** @returns undefined where the vehicle never was on the crosswalk. */
export function crossingOf({ seconds }: VehiclePath, gaps: readonly number[]): Crossing | undefined {
  const first = gaps.findIndex((gap) => gap < 0);
  if (first < 0) return undefined;
  const last = gaps.findLastIndex((gap) => gap < 0);
  return {
    first,
    last,
    enterS: first === 0 ? undefined : zeroBetween(seconds, gaps, first - 1),
    exitS: last === gaps.length - 1 ? undefined : zeroBetween(seconds, gaps, last),
  };
}

/** When a quantity that changes sign between samples i and i + 1 is zero, taken as linear. */
function zeroBetween(seconds: readonly number[], values: readonly number[], i: number): number {
  const [a, b] = [values[i] as number, values[i + 1] as number];
  const [from, to] = [seconds[i] as number, seconds[i + 1] as number];
  return a === b ? to : from + ((to - from) * a) / (a - b);
}
