import { distanceToRectangle, timeToReach } from '../geometry/rectangle.ts';
import { BODY_RADIUS_METRES } from './thresholds.ts';
import { footprintAt, type VehiclePath } from './vehicle-path.ts';
import { walkingAt, type WalkerPath } from './walker-path.ts';

export interface Nearness {
  /** Smallest gap between footprint and body while both were seen, metres. */
  readonly minDistanceMetres: number;
  /** Smallest time to collision at unchanged course and speed (Hayward 1972), where they were on such a course. */
  readonly ttcSeconds: number | undefined;
}

/** A collision course further off than this says nothing about the two. */
const MAX_TTC_SECONDS = 10;

/** @returns undefined where they were never seen at the same time. */
export function nearnessOf(vehicle: VehiclePath, walker: WalkerPath): Nearness | undefined {
  const times = walker.seconds;
  const last = times.length - 1;
  let minDistanceMetres = Infinity;
  let ttcSeconds = Infinity;
  let j = 0;
  for (let i = 0; i < vehicle.seconds.length; i++) {
    const second = vehicle.seconds[i] as number;
    if (second < (times[0] as number)) continue;
    if (second > (times[last] as number)) break;
    while (j < last && (times[j + 1] as number) <= second) j++;
    const x = placeAt(times, walker.x, j, second);
    const y = placeAt(times, walker.y, j, second);
    const footprint = footprintAt(vehicle, i);
    const distance = distanceToRectangle(footprint, x, y) - BODY_RADIUS_METRES;
    minDistanceMetres = Math.min(minDistanceMetres, distance);
    if (distance <= 0) continue;
    const speed = vehicle.speedMps[i] as number;
    const { vx, vy } = walkingAt(walker, j);
    // Together they cannot close the gap any faster than this.
    if (distance > MAX_TTC_SECONDS * (speed + Math.abs(vx) + Math.abs(vy))) continue;
    const point = { x, y, vx: vx - speed * footprint.ux, vy: vy - speed * footprint.uy };
    ttcSeconds = Math.min(ttcSeconds, timeToReach(footprint, point, BODY_RADIUS_METRES) ?? Infinity);
  }
  if (minDistanceMetres === Infinity) return undefined;
  return { minDistanceMetres, ttcSeconds: ttcSeconds <= MAX_TTC_SECONDS ? ttcSeconds : undefined };
}

/** A coordinate of the walker's at a second not before its sample j, and before the one after it. */
function placeAt(seconds: readonly number[], column: readonly number[], j: number, second: number): number {
  const at = column[j] as number;
  const from = seconds[j] as number;
  if (second === from || j + 1 >= seconds.length) return at;
  const share = (second - from) / ((seconds[j + 1] as number) - from);
  return at + share * ((column[j + 1] as number) - at);
}
