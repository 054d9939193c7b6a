/** The crosswalks file of a DUT folder: the painted crosswalk of each clip, in the clip's own metres. */
import { readFile } from 'node:fs/promises';
import { Type, type Static } from 'typebox';
import { Polygon } from '@wayside/contracts/units';
import { checked, type Checked } from './checked-json.ts';

const Axis = Type.Union([Type.Literal('x'), Type.Literal('y')]);

export const CrosswalkEntry = Type.Object({
  clip: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,50}$' }),
  frameRate: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
  crosswalk: Polygon,
  pedestriansWalkAlong: Axis,
  vehiclesDriveAlong: Axis,
});
export type CrosswalkEntry = Static<typeof CrosswalkEntry>;

const CrosswalksFile = Type.Array(CrosswalkEntry, { minItems: 1, maxItems: 10_000 });

/** All faults of the file at once, each with its place in it. */
export const readCrosswalks = async (file: string): Promise<Checked<readonly CrosswalkEntry[]>> =>
  checked(CrosswalksFile, file, await readFile(file, 'utf8').catch((error: unknown) => error as Error));
