import { distanceToRectangle, timeToReach } from '../geometry/rectangle.ts';
import { indexAt, valueAt } from './motion.ts';
import { BODY_RADIUS_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';
import type { WalkerPath } from './walker-path.ts';

export interface Nearness {
  /** Smallest gap between footprint and body while both were seen, metres. */
  readonly minDistanceMetres: number;
  /** Smallest time to collision at unchanged course and speed (Hayward 1972), where they were on such a course. */
  readonly ttcSeconds: number | undefined;
}

/** A collision course further off than this says nothing about the two. */
const MAX_TTC_SECONDS = 10;
const FAR_METRES = 60;

/** @returns undefined where they were never seen at the same time. */
export function nearnessOf(vehicle: VehiclePath, walker: WalkerPath): Nearness | undefined {
  const { seconds, footprints, speedMps } = vehicle;
  const from = walker.seconds[0] as number;
  const to = walker.seconds.at(-1) as number;
  let minDistanceMetres = Infinity;
  let ttcSeconds = Infinity;
  for (let i = Math.max(0, indexAt(seconds, from)); i < seconds.length; i++) {
    const second = seconds[i] as number;
    if (second < from) continue;
    if (second > to) break;
    const footprint = footprints[i] as (typeof footprints)[number];
    const x = valueAt(walker.seconds, walker.x, second);
    const y = valueAt(walker.seconds, walker.y, second);
    const distance = distanceToRectangle(footprint, x, y) - BODY_RADIUS_METRES;
    minDistanceMetres = Math.min(minDistanceMetres, distance);
    if (distance > FAR_METRES || distance <= 0) continue;
    const j = Math.max(0, indexAt(walker.seconds, second));
    const speed = speedMps[i] as number;
    const vx = (walker.vx[j] as number) - speed * footprint.ux;
    const vy = (walker.vy[j] as number) - speed * footprint.uy;
    ttcSeconds = Math.min(
      ttcSeconds,
      timeToReach(footprint, { x, y, vx, vy }, BODY_RADIUS_METRES) ?? Infinity,
    );
  }
  if (minDistanceMetres === Infinity) return undefined;
  return { minDistanceMetres, ttcSeconds: ttcSeconds <= MAX_TTC_SECONDS ? ttcSeconds : undefined };
}
