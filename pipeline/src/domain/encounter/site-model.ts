/** A site's geometry, prepared once for judging. */
import type { Approach, Site } from '@wayside/contracts/site';
import { polygonOf, type Polygon } from '../geometry/polygon.ts';
import type { Polyline } from '../geometry/polyline.ts';

export interface LaneModel {
  readonly centreline: Polyline;
  readonly widthMetres: number;
  /** Where the lane crosses the crosswalk, as a coordinate on the crossing axis. */
  readonly axisMetres: number;
}

export interface ApproachModel {
  readonly ux: number;
  readonly uy: number;
  readonly lanes: readonly LaneModel[];
  readonly stopLine: { readonly x: number; readonly y: number } | undefined;
}

/** A stretch of the crossing axis, metres. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface SiteModel {
  readonly crosswalk: Polygon;
  /** Unit vector along which pedestrians cross. */
  readonly axisX: number;
  readonly axisY: number;
  /** The crosswalk as stretches of the axis: one, or one more than there are islands. */
  readonly parts: readonly Stretch[];
  /** Middle of the whole crosswalk on the axis. */
  readonly middle: number;
  readonly approaches: readonly ApproachModel[];
  readonly drivingSide: Site['drivingSide'];
  readonly attentionMetres: number;
  readonly positionSigmaMetres: number;
  readonly origin: Site['origin'];
}

export function siteModel(site: Site): SiteModel {
  const axisX = Math.cos(site.crossingAxisRadians);
  const axisY = Math.sin(site.crossingAxisRadians);
  const axis = (x: number, y: number): number => x * axisX + y * axisY;
  const whole = stretchOf(site.crosswalk, axis);
  const crosswalk = polygonOf(site.crosswalk);
  return {
    crosswalk,
    axisX,
    axisY,
    parts: without(
      whole,
      site.islands.map((island) => stretchOf(island, axis)),
    ),
    middle: (whole.from + whole.to) / 2,
    approaches: site.approaches.map((approach) => approachModel(approach, crosswalk, axis)),
    drivingSide: site.drivingSide,
    attentionMetres: site.attentionMetres,
    positionSigmaMetres: site.positionSigmaMetres,
    origin: site.origin,
  };
}

export const axisOf = (site: SiteModel, x: number, y: number): number => x * site.axisX + y * site.axisY;

type Axis = (x: number, y: number) => number;

function stretchOf(points: readonly (readonly [number, number])[], axis: Axis): Stretch {
  const along = points.map(([x, y]) => axis(x, y));
  return { from: Math.min(...along), to: Math.max(...along) };
}

/** What of a stretch the islands leave, in order. */
function without(whole: Stretch, islands: readonly Stretch[]): readonly Stretch[] {
  const parts: Stretch[] = [];
  let from = whole.from;
  for (const island of [...islands].sort((a, b) => a.from - b.from)) {
    if (island.from > from) parts.push({ from, to: Math.min(island.from, whole.to) });
    from = Math.max(from, island.to);
  }
  if (from < whole.to) parts.push({ from, to: whole.to });
  return parts.length > 0 ? parts : [whole];
}

function approachModel(approach: Approach, crosswalk: Polygon, axis: Axis): ApproachModel {
  const { headingRadians, lanes, stopLine } = approach;
  return {
    ux: Math.cos(headingRadians),
    uy: Math.sin(headingRadians),
    lanes: lanes.map(({ centreline, widthMetres }) => {
      const line = { xs: centreline.map(([x]) => x), ys: centreline.map(([, y]) => y) };
      const [x, y] = nearestOn(line, crosswalk.centreX, crosswalk.centreY);
      return { centreline: line, widthMetres, axisMetres: axis(x, y) };
    }),
    stopLine: stopLine && {
      x: (stopLine[0][0] + stopLine[1][0]) / 2,
      y: (stopLine[0][1] + stopLine[1][1]) / 2,
    },
  };
}

/** The point of a polyline nearest to (x, y). */
function nearestOn({ xs, ys }: Polyline, x: number, y: number): readonly [number, number] {
  let best: readonly [number, number] = [xs[0] as number, ys[0] as number];
  let nearest = Infinity;
  for (let i = 1; i < xs.length; i++) {
    const [ax, ay, bx, by] = [xs[i - 1], ys[i - 1], xs[i], ys[i]] as [number, number, number, number];
    const square = (bx - ax) ** 2 + (by - ay) ** 2;
    const along = square === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square;
    const t = Math.min(1, Math.max(0, along));
    const point = [ax + t * (bx - ax), ay + t * (by - ay)] as const;
    const distance = (point[0] - x) ** 2 + (point[1] - y) ** 2;
    if (distance < nearest) [best, nearest] = [point, distance];
  }
  return best;
}
