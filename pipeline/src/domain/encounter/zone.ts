/**
 * Where a pedestrian must be for this driver to owe the way (`yieldGeometry` of the law profile), as a signed distance
 * in metres: negative inside. Being on the crosswalk is asked for apart.
 */
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import { distanceToPolyline, type Polyline } from '../geometry/polyline.ts';
import type { Crossing } from './crossing.ts';
import { axisOf, type ApproachModel, type LaneModel, type SiteModel, type Stretch } from './site-model.ts';
import { BODY_RADIUS_METRES, DEFAULT_LANE_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';

export type Zone = (x: number, y: number) => number;

export interface Zones {
  readonly owed: Zone;
  /** The part of the crosswalk the vehicle drives over: a refuge island makes two crossings of one. */
  readonly part: Zone;
}

export function zonesOf(
  site: SiteModel,
  geometry: YieldGeometry,
  vehicle: VehiclePath,
  crossing: Crossing,
): Zones {
  const way = wayOver(vehicle, crossing);
  const at = axisOf(site, ...middleOf(way));
  const stretch = partAt(site, at);
  const part: Zone = (x, y) => stretchGap(stretch, axisOf(site, x, y));
  const approach = approachOf(site, vehicle, crossing.first);
  const lane = approach && laneAt(approach, at);
  const owed = owedZone(site, geometry, { vehicle, crossing, way, lane });
  return { owed: (x, y) => Math.max(owed(x, y), part(x, y)), part };
}

interface Course {
  readonly vehicle: VehiclePath;
  readonly crossing: Crossing;
  readonly way: Polyline;
  readonly lane: LaneModel | undefined;
}

function owedZone(site: SiteModel, geometry: YieldGeometry, course: Course): Zone {
  const { way, lane } = course;
  const width = lane?.widthMetres ?? DEFAULT_LANE_METRES;
  const own = lane?.centreline ?? way;
  switch (geometry) {
    case 'lane-and-half':
      return strip(own, width / 2 + width / 2);
    case 'own-and-next-lane':
      return lane ? nextLanes(site, lane) : strip(own, 1.5 * width);
    case 'half-road':
      return halfRoad(site, course);
    case 'whole-crossing':
      return () => -Infinity;
  }
}

const strip =
  (line: Polyline, half: number): Zone =>
  (x, y) =>
    distanceToPolyline(line, x, y) - half;

/** From the outer edge of one to that of the other: a marking between two of them is no edge of the zone. */
function nextLanes(site: SiteModel, lane: LaneModel): Zone {
  const lanes = site.approaches.flatMap((approach) => approach.lanes).filter((other) => isNext(other, lane));
  const from = Math.min(...lanes.map(({ axisMetres, widthMetres }) => axisMetres - widthMetres / 2));
  const to = Math.max(...lanes.map(({ axisMetres, widthMetres }) => axisMetres + widthMetres / 2));
  return (x, y) => stretchGap({ from, to }, axisOf(site, x, y));
}

const isNext = (a: LaneModel, b: LaneModel): boolean =>
  Math.abs(a.axisMetres - b.axisMetres) < 0.75 * (a.widthMetres + b.widthMetres);

/**
 * The half on the driving side of the vehicle, and its own lane where it does not keep to that half. Who stands with a
 * shoulder over the middle is on the half already.
 */
function halfRoad(site: SiteModel, { vehicle, crossing, way }: Course): Zone {
  const { ux, uy } = headingOver(vehicle, crossing);
  const side = site.drivingSide === 'right' ? 1 : -1;
  // The axis's component along the vehicle's right hand (uy, -ux) tells which half is its own.
  const sign = Math.sign(side * (site.axisX * uy - site.axisY * ux)) || 1;
  const own = strip(way, DEFAULT_LANE_METRES / 2);
  const middle = middleBeside(site, { ux, uy }, sign);
  return (x, y) => Math.min(-sign * (axisOf(site, x, y) - middle) - BODY_RADIUS_METRES, own(x, y));
}

/** Lanes that fill less of the road than this are not all there are. */
const WHOLE_ROAD = 0.6;

/**
 * Where the vehicle's half begins: between the lanes of the two directions; a road with lanes of one direction only is one
 * half; the middle of the crosswalk where the lanes do not say. @param sign of the half on the axis.
 */
function middleBeside(
  { approaches, parts, middle }: SiteModel,
  way: { ux: number; uy: number },
  sign: number,
) {
  const along = ({ ux, uy }: ApproachModel): number => Math.sign(ux * way.ux + uy * way.uy);
  const own = approaches.filter((approach) => along(approach) > 0).flatMap(({ lanes }) => lanes);
  const others = approaches.filter((approach) => along(approach) <= 0).flatMap(({ lanes }) => lanes);
  const inner = (lanes: readonly LaneModel[], side: number): number =>
    Math.min(...lanes.map(({ axisMetres, widthMetres }) => side * axisMetres - widthMetres / 2));
  if (own.length > 0 && others.length > 0) return (sign * (inner(own, sign) - inner(others, -sign))) / 2;
  const lanesMetres = own.reduce((sum, { widthMetres }) => sum + widthMetres, 0);
  const roadMetres = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  return lanesMetres > WHOLE_ROAD * roadMetres && others.length === 0 ? -sign * Infinity : middle;
}

function headingOver(vehicle: VehiclePath, { first, last }: Crossing): { ux: number; uy: number } {
  let [ux, uy] = [0, 0];
  for (let i = first; i <= last; i++) {
    ux += vehicle.ux[i] ?? 0;
    uy += vehicle.uy[i] ?? 0;
  }
  return { ux, uy };
}

/** Places of the way nearer to each other than this say the same. Metres. */
const WAY_STEP_METRES = 1;

/** The way of the vehicle's centre while it was on the crosswalk. */
function wayOver({ x, y }: VehiclePath, { first, last }: Crossing): Polyline {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = first; i <= last; i++) {
    const dx = (x[i] as number) - (xs.at(-1) ?? Infinity);
    const dy = (y[i] as number) - (ys.at(-1) ?? Infinity);
    if (i < last && dx * dx + dy * dy < WAY_STEP_METRES ** 2) continue;
    xs.push(x[i] as number);
    ys.push(y[i] as number);
  }
  return { xs, ys };
}

const middleOf = ({ xs, ys }: Polyline): readonly [number, number] => {
  const middle = xs.length >> 1;
  return [xs[middle] as number, ys[middle] as number];
};

/** A vehicle comes from an approach if it heads within 60° of its direction. */
const SAME_DIRECTION = Math.cos(Math.PI / 3);

export function approachOf(site: SiteModel, vehicle: VehiclePath, i: number): ApproachModel | undefined {
  const [ux, uy] = [vehicle.ux[i], vehicle.uy[i]];
  if (ux === undefined || uy === undefined) return undefined;
  let best: ApproachModel | undefined;
  let most = SAME_DIRECTION;
  for (const approach of site.approaches) {
    const along = approach.ux * ux + approach.uy * uy;
    if (along > most) [best, most] = [approach, along];
  }
  return best;
}

/** The lane the vehicle crosses in; undefined where it is in none of its approach. */
export function laneAt({ lanes }: ApproachModel, axisMetres: number): LaneModel | undefined {
  return lanes.find((lane) => Math.abs(lane.axisMetres - axisMetres) <= lane.widthMetres / 2);
}

/** The part of the crosswalk at a place, or the nearest. */
export const partAt = ({ parts }: SiteModel, axisMetres: number): Stretch =>
  parts.reduce((best, part) => (stretchGap(part, axisMetres) < stretchGap(best, axisMetres) ? part : best));

/** Signed distance to a stretch: negative inside. */
export const stretchGap = ({ from, to }: Stretch, axisMetres: number): number =>
  Math.max(from - axisMetres, axisMetres - to);
