import { distanceToRectangle, timeToReach } from '../geometry/rectangle.ts';
import { BODY_RADIUS_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';
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
  for (const [i, footprint] of vehicle.footprints.entries()) {
    const second = vehicle.seconds[i] as number;
    if (second < (times[0] as number)) continue;
    if (second > (times[last] as number)) break;
    while (j < last && (times[j + 1] as number) <= second) j++;
    const place = placeAt(walker, j, second);
    const distance = distanceToRectangle(footprint, place.x, place.y) - BODY_RADIUS_METRES;
    minDistanceMetres = Math.min(minDistanceMetres, distance);
    if (distance > 0) ttcSeconds = Math.min(ttcSeconds, ttcAt(vehicle, i, { walker, j }, place, distance));
  }
  if (minDistanceMetres === Infinity) return undefined;
  return { minDistanceMetres, ttcSeconds: ttcSeconds <= MAX_TTC_SECONDS ? ttcSeconds : undefined };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where the walker was at a second not before its sample j, and before the one after it. */
function placeAt({ seconds, x, y }: WalkerPath, j: number, second: number): Place {
  const [ax, ay, from] = [x[j] as number, y[j] as number, seconds[j] as number];
  if (second === from || j + 1 >= seconds.length) return { x: ax, y: ay };
  const share = (second - from) / ((seconds[j + 1] as number) - from);
  return { x: ax + share * ((x[j + 1] as number) - ax), y: ay + share * ((y[j + 1] as number) - ay) };
}

function ttcAt(
  vehicle: VehiclePath,
  i: number,
  of: { readonly walker: WalkerPath; readonly j: number },
  place: Place,
  distance: number,
): number {
  const footprint = vehicle.footprints[i];
  const speed = vehicle.speedMps[i] as number;
  const { vx: wx, vy: wy } = walkingAt(of.walker, of.j);
  // Together they cannot close the gap any faster than this.
  if (!footprint || distance > MAX_TTC_SECONDS * (speed + Math.abs(wx) + Math.abs(wy))) return Infinity;
  const [vx, vy] = [wx - speed * footprint.ux, wy - speed * footprint.uy];
  return timeToReach(footprint, { x: place.x, y: place.y, vx, vy }, BODY_RADIUS_METRES) ?? Infinity;
}
