import { distanceToPolygon } from '../../geometry/polygon.ts';
import { axisOf, type SiteModel } from '../../encounter/site-model.ts';
import { BODY_RADIUS_METRES } from '../../encounter/thresholds.ts';
import { footprintAt, type VehiclePath } from '../../encounter/vehicle-path.ts';
import { walkingAt, type WalkerPath } from '../../encounter/walker-path.ts';
import { indexAt } from '../../encounter/motion.ts';
import { partAt, stretchGap } from '../../encounter/zone.ts';
import type { Scene } from '../scene.ts';

/** A driver stops for whoever is this far ahead, and this far to each side of the vehicle's own width. Metres. */
const AHEAD_METRES = 8;
const BESIDE_METRES = 1.5;

/** A pedestrian not seen for longer than this is not where it was last seen. Seconds. */
const FRESH_SECONDS = 0.5;

/** The pedestrians in front of a vehicle at its sample i. */
export function peopleAhead(
  vehicle: VehiclePath,
  i: number,
  walkers: readonly WalkerPath[],
): readonly WalkerPath[] {
  const second = vehicle.seconds[i] as number;
  const { x, y, ux, uy, halfLength, halfWidth } = footprintAt(vehicle, i);
  return walkers.filter((walker) => {
    const j = indexAt(walker.seconds, second);
    if (j < 0 || second - (walker.seconds[j] as number) > FRESH_SECONDS) return false;
    const dx = (walker.x[j] as number) - x;
    const dy = (walker.y[j] as number) - y;
    const along = dx * ux + dy * uy - halfLength;
    const across = Math.abs(dx * uy - dy * ux) - halfWidth;
    return along >= -0.5 && along <= AHEAD_METRES && across <= BESIDE_METRES;
  });
}

/** Slower than this somebody stands. m/s. */
const WALKING_MPS = 0.25;
/** For whom is this near to its way, a driver plainly stops. Metres. */
export const CLOSE_METRES = 4;
/** Over less than this nobody can tell where somebody goes. Metres. */
const TELLING_METRES = 0.5;

export interface Awaited {
  readonly walker: WalkerPath;
  /** Across the road from the side of the vehicle's way; negative: in it. */
  readonly metres: number;
}

/** Those on the vehicle's part of the crosswalk who have its way still before them, or are in it. */
export function awaitedBy({ site, walkers }: Scene, vehicle: VehiclePath, i: number): readonly Awaited[] {
  const second = vehicle.seconds[i] as number;
  const place = axisOf(site, vehicle.x[i] as number, vehicle.y[i] as number);
  const part = partAt(site, place);
  return walkers.flatMap((walker): Awaited[] => {
    const j = indexAt(walker.seconds, second);
    if (j < 0 || second - (walker.seconds[j] as number) > FRESH_SECONDS) return [];
    const [x, y] = [walker.x[j] as number, walker.y[j] as number];
    const at = axisOf(site, x, y);
    if (distanceToPolygon(site.crosswalk, x, y) > BODY_RADIUS_METRES || stretchGap(part, at) > 0) return [];
    const metres = Math.abs(place - at) - vehicle.halfWidth - BODY_RADIUS_METRES;
    const towards = Math.sign(place - at) * walkingMps(site, walker, j);
    const stands = Math.abs(towards) < WALKING_MPS;
    const waits = stands && metres <= CLOSE_METRES && cameFrom(site, walker) === Math.sign(place - at);
    return metres <= 0 || waits || towards >= WALKING_MPS ? [{ walker, metres }] : [];
  });
}

function walkingMps({ axisX, axisY }: SiteModel, walker: WalkerPath, j: number): number {
  const { vx, vy } = walkingAt(walker, j);
  return vx * axisX + vy * axisY;
}

/** Sense along the crossing axis in which somebody went on the whole; 0 where that cannot be told. */
function cameFrom(site: SiteModel, { x, y }: WalkerPath): number {
  const went =
    axisOf(site, x.at(-1) as number, y.at(-1) as number) - axisOf(site, x[0] as number, y[0] as number);
  return Math.abs(went) > TELLING_METRES ? Math.sign(went) : 0;
}
