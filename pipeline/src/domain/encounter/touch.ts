import { isBeyond } from '../geometry/box.ts';
import { distanceToRectangle, type Rectangle } from '../geometry/rectangle.ts';
import { BODY_RADIUS_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';

/** The samples at which the vehicle's footprint touches a body: the first and the last of them. */
export interface Touch {
  readonly first: number;
  readonly last: number;
}

/** @returns undefined where no sample's footprint touches a body there. */
export function touchOf(vehicle: VehiclePath, x: number, y: number): Touch | undefined {
  if (isBeyond(vehicle.sweep, x, y, BODY_RADIUS_METRES)) return undefined;
  const count = vehicle.footprints.length;
  const first = firstTouch(vehicle, x, y, 0, 1);
  if (first === count) return undefined;
  return { first, last: firstTouch(vehicle, x, y, count - 1, -1) };
}

/** The first touch from sample `from` on, forwards or backwards; one beyond the end where there is none. */
function firstTouch(
  { footprints, longestStep, halfDiagonal }: VehiclePath,
  x: number,
  y: number,
  from: number,
  way: 1 | -1,
): number {
  const count = footprints.length;
  const reach = BODY_RADIUS_METRES + halfDiagonal;
  let i = from;
  while (i >= 0 && i < count) {
    const footprint = footprints[i] as Rectangle;
    const dx = x - footprint.x;
    const dy = y - footprint.y;
    const beyond = Math.sqrt(dx * dx + dy * dy) - reach;
    if (beyond > longestStep) {
      // However it turns, the vehicle cannot be there before it has driven `beyond`.
      i += way * (longestStep === 0 ? count : Math.floor(beyond / longestStep));
      continue;
    }
    if (beyond <= 0 && distanceToRectangle(footprint, x, y) <= BODY_RADIUS_METRES) return i;
    i += way;
  }
  return way === 1 ? count : -1;
}

/** When a touch begins and ends. Seconds; infinite where the track begins or ends with it. */
export const touchBeginS = (vehicle: VehiclePath, x: number, y: number, first: number): number =>
  first === 0 ? -Infinity : changeAt(vehicle, x, y, first - 1);
export const touchEndS = (vehicle: VehiclePath, x: number, y: number, last: number): number =>
  last === vehicle.footprints.length - 1 ? Infinity : changeAt(vehicle, x, y, last);

const HALVINGS = 10;

/** When the footprint, moved evenly from sample i to i + 1, begins or ends to touch a body at (x, y). */
function changeAt({ footprints, seconds }: VehiclePath, x: number, y: number, i: number): number {
  const [a, b] = [footprints[i] as Rectangle, footprints[i + 1] as Rectangle];
  const touchesFirst = distanceToRectangle(a, x, y) <= BODY_RADIUS_METRES;
  const moved = { ...a };
  let from = 0;
  let to = 1;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (from + to) / 2;
    moved.x = a.x + middle * (b.x - a.x);
    moved.y = a.y + middle * (b.y - a.y);
    if (distanceToRectangle(moved, x, y) <= BODY_RADIUS_METRES === touchesFirst) from = middle;
    else to = middle;
  }
  const second = seconds[i] as number;
  return second + ((from + to) / 2) * ((seconds[i + 1] as number) - second);
}
