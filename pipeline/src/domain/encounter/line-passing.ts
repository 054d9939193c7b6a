/** When a vehicle's front passed a stop line. */
import { USUAL_SIZE_ERROR_METRES } from './sizes.ts';
import type { SignalledApproach, SiteModel, StopLine } from './site-model.ts';
import { valueAt } from './motion.ts';
import type { VehiclePath } from './vehicle-path.ts';

export interface LinePassing {
  readonly approach: SignalledApproach;
  readonly atS: number;
  readonly speedMps: number;
  /** When its front was so far past the line that no reading of positions puts it before it. */
  readonly clearlyPastS: number;
  /** Standard uncertainty of `atS` from place and length: sigma of the place over the speed (GUM, JCGM 100:2008, 5.1.2). */
  readonly sigmaSeconds: number;
}

/** Whose front is no further over the line has stopped at it, however badly. Metres. */
const AT_THE_LINE_METRES = 2;
/** Beside the line, by so much, is past it still: lines are surveyed to the kerb, wheels are not. Metres. */
const BESIDE_METRES = 0.5;
const SAME_HEADING = Math.cos(Math.PI / 4);
/** Slower, a moment cannot be told from a place. m/s. */
const LEAST_MPS = 0.3;

/** @returns the first signalled line the vehicle was seen to pass; undefined where it passed none. */
export function linePassingOf(vehicle: VehiclePath, site: SiteModel): LinePassing | undefined {
  for (const approach of site.signalled) {
    const found = passingOf(vehicle, approach, site);
    if (found) return found;
  }
  return undefined;
}

function passingOf(
  vehicle: VehiclePath,
  approach: SignalledApproach,
  site: SiteModel,
): LinePassing | undefined {
  const over = vehicle.seconds.map((_, i) => metresOver(vehicle, approach.stopLine, i));
  const clearly = over.findIndex((metres) => metres >= AT_THE_LINE_METRES);
  const before = clearly < 0 ? -1 : over.findLastIndex((metres, i) => i < clearly && metres < 0);
  if (before < 0 || !isOn(vehicle, approach, before)) return undefined;
  const atS = crossesAt(vehicle.seconds, over, before, 0);
  const speedMps = valueAt(vehicle.seconds, vehicle.speedMps, atS);
  const size = vehicle.sizeMeasured ? 0 : USUAL_SIZE_ERROR_METRES;
  return {
    approach,
    atS,
    speedMps,
    clearlyPastS: crossesAt(vehicle.seconds, over, clearly - 1, AT_THE_LINE_METRES),
    sigmaSeconds: Math.hypot(site.positionSigmaMetres, size) / Math.max(LEAST_MPS, speedMps),
  };
}

/** How far the front is past the line; negative before it. */
function metresOver(vehicle: VehiclePath, line: StopLine, i: number): number {
  const { x, y } = frontAt(vehicle, i);
  return (x - line.x) * line.nx + (y - line.y) * line.ny;
}

function frontAt({ x, y, ux, uy, halfLength }: VehiclePath, i: number): { x: number; y: number } {
  return {
    x: (x[i] as number) + (ux[i] as number) * halfLength,
    y: (y[i] as number) + (uy[i] as number) * halfLength,
  };
}

/** It comes by this approach: within the ends of its line, and on its heading. */
function isOn(vehicle: VehiclePath, { stopLine, ux, uy }: SignalledApproach, i: number): boolean {
  const { x, y } = frontAt(vehicle, i);
  const aside = Math.abs((x - stopLine.x) * stopLine.ny - (y - stopLine.y) * stopLine.nx);
  const ahead = (vehicle.ux[i] as number) * ux + (vehicle.uy[i] as number) * uy;
  return aside <= stopLine.halfMetres + BESIDE_METRES && ahead >= SAME_HEADING;
}

/** When a column that is below `level` at sample i and not at i + 1 reaches it, taken as linear. */
function crossesAt(seconds: readonly number[], values: readonly number[], i: number, level: number): number {
  const [a, b] = [values[i] as number, values[i + 1] as number];
  const [from, to] = [seconds[i] as number, seconds[i + 1] as number];
  return from + ((to - from) * (level - a)) / (b - a);
}
