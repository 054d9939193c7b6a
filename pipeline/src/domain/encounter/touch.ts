import { distanceToRectangle, type Rectangle } from '../geometry/rectangle.ts';
import { BODY_RADIUS_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';

/** When the vehicle's footprint touches a body at a fixed place. Seconds; infinite where the track begins or ends there. */
export interface Cover {
  readonly inS: number;
  readonly outS: number;
}

/** @returns from the first touch to the last, or undefined where it never comes there. */
export function coverOf(vehicle: VehiclePath, x: number, y: number): Cover | undefined {
  const { footprints, longestStep, box } = vehicle;
  if (x < box.left - BODY_RADIUS_METRES || x > box.right + BODY_RADIUS_METRES) return undefined;
  if (y < box.low - BODY_RADIUS_METRES || y > box.high + BODY_RADIUS_METRES) return undefined;
  const reach = BODY_RADIUS_METRES + Math.hypot(vehicle.lengthMetres, vehicle.widthMetres) / 2;
  let first = -1;
  let last = -1;
  for (let i = 0; i < footprints.length;) {
    const footprint = footprints[i] as (typeof footprints)[number];
    const dx = x - footprint.x;
    const dy = y - footprint.y;
    const beyond = Math.sqrt(dx * dx + dy * dy) - reach;
    if (beyond > longestStep) {
      // However it turns, the vehicle cannot be there before it has driven `beyond`.
      i += longestStep === 0 ? footprints.length : Math.floor(beyond / longestStep);
      continue;
    }
    if (beyond <= 0 && distanceToRectangle(footprint, x, y) <= BODY_RADIUS_METRES) {
      if (first < 0) first = i;
      last = i;
    }
    i++;
  }
  if (first < 0) return undefined;
  return { inS: touchAt(vehicle, x, y, first - 1), outS: touchAt(vehicle, x, y, last) };
}

const HALVINGS = 10;

/** When the footprint, moved evenly from sample i to i + 1, begins or ends to touch a body at (x, y). */
function touchAt({ footprints, seconds }: VehiclePath, x: number, y: number, i: number): number {
  const [a, b] = [footprints[i], footprints[i + 1]];
  if (!a) return -Infinity;
  if (!b) return Infinity;
  const touchesFirst = distanceToRectangle(a, x, y) <= BODY_RADIUS_METRES;
  let [from, to] = [0, 1];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (from + to) / 2;
    if (distanceToRectangle(between(a, b, middle), x, y) <= BODY_RADIUS_METRES === touchesFirst)
      from = middle;
    else to = middle;
  }
  const second = seconds[i] as number;
  return second + ((from + to) / 2) * ((seconds[i + 1] as number) - second);
}

const between = (a: Rectangle, b: Rectangle, share: number): Rectangle => ({
  x: a.x + share * (b.x - a.x),
  y: a.y + share * (b.y - a.y),
  ux: a.ux,
  uy: a.uy,
  halfLength: a.halfLength,
  halfWidth: a.halfWidth,
});
