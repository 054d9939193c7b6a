import { isBeyond } from '../geometry/box.ts';
import { distanceToEdge } from '../geometry/rectangle.ts';
import { BODY_RADIUS_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';

/** The samples at which the vehicle's footprint touches a body: the first and the last of them. */
export interface Touch {
  readonly first: number;
  readonly last: number;
}

/** @returns undefined where no sample's footprint touches a body there. */
export function touchOf(vehicle: VehiclePath, x: number, y: number): Touch | undefined {
  if (isBeyond(vehicle.swept, x, y, BODY_RADIUS_METRES)) return undefined;
  const count = vehicle.seconds.length;
  const first = firstTouch(vehicle, x, y, 0, 1);
  if (first === count) return undefined;
  return { first, last: firstTouch(vehicle, x, y, count - 1, -1) };
}

/** The first touch from sample `from` on, forwards or backwards; one beyond the end where there is none. */
function firstTouch(vehicle: VehiclePath, x: number, y: number, from: number, way: 1 | -1): number {
  const { x: xs, y: ys, ux, uy, longestStep } = vehicle;
  const count = xs.length;
  const reach = BODY_RADIUS_METRES + vehicle.halfDiagonal;
  let i = from;
  while (i >= 0 && i < count) {
    const dx = x - (xs[i] as number);
    const dy = y - (ys[i] as number);
    const beyond = Math.sqrt(dx * dx + dy * dy) - reach;
    if (beyond > longestStep) {
      // However it turns, the vehicle cannot be there before it has driven `beyond`.
      i += way * (longestStep === 0 ? count : Math.floor(beyond / longestStep));
      continue;
    }
    if (beyond <= 0 && touches(vehicle, ux[i] as number, uy[i] as number, dx, dy)) return i;
    i += way;
  }
  return way === 1 ? count : -1;
}

const touches = (vehicle: VehiclePath, ux: number, uy: number, dx: number, dy: number): boolean =>
  distanceToEdge(vehicle, ux, uy, dx, dy) <= BODY_RADIUS_METRES;

/** When a touch begins and ends. Seconds; infinite where the track begins or ends with it. */
export const touchBeginS = (vehicle: VehiclePath, x: number, y: number, first: number): number =>
  first === 0 ? -Infinity : changeAt(vehicle, x, y, first - 1);
export const touchEndS = (vehicle: VehiclePath, x: number, y: number, last: number): number =>
  last === vehicle.seconds.length - 1 ? Infinity : changeAt(vehicle, x, y, last);

const HALVINGS = 10;

/** When the footprint, moved evenly from sample i to i + 1 without turning, begins or ends to touch a body at (x, y). */
function changeAt(vehicle: VehiclePath, x: number, y: number, i: number): number {
  const { seconds } = vehicle;
  const ax = vehicle.x[i] as number;
  const ay = vehicle.y[i] as number;
  const bx = vehicle.x[i + 1] as number;
  const by = vehicle.y[i + 1] as number;
  const ux = vehicle.ux[i] as number;
  const uy = vehicle.uy[i] as number;
  const touchesFirst = touches(vehicle, ux, uy, x - ax, y - ay);
  let from = 0;
  let to = 1;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (from + to) / 2;
    const dx = x - (ax + middle * (bx - ax));
    const dy = y - (ay + middle * (by - ay));
    if (touches(vehicle, ux, uy, dx, dy) === touchesFirst) from = middle;
    else to = middle;
  }
  const second = seconds[i] as number;
  return second + ((from + to) / 2) * ((seconds[i + 1] as number) - second);
}
