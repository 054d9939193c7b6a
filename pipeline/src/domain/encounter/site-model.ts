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
  readonly stopLine: StopLine | undefined;
  /** Where the approach stops being one: its nearest point of the crosswalk, along (ux, uy) from the crosswalk's centre. */
  readonly edgeMetres: number;
  readonly speedLimitMps: number | undefined;
}

export interface StopLine {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  /** Unit vector across it, in the direction of travel. */
  readonly nx: number;
  readonly ny: number;
  readonly halfMetres: number;
}

/** An approach whose stop line is governed by a signal. */
export interface SignalledApproach extends ApproachModel {
  readonly stopLine: StopLine;
  readonly group: string;
  readonly greenArrow: boolean;
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
  readonly signalled: readonly SignalledApproach[];
  /** Those with a speed limit. */
  readonly limited: readonly ApproachModel[];
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
  const approaches = site.approaches.map((approach) => approachModel(approach, crosswalk, axis));
  return {
    crosswalk,
    axisX,
    axisY,
    parts: without(
      whole,
      site.islands.map((island) => stretchOf(island, axis)),
    ),
    middle: (whole.from + whole.to) / 2,
    approaches,
    signalled: site.approaches.flatMap(({ signal }, i) => signalled(approaches[i], signal)),
    limited: approaches.filter(({ speedLimitMps }) => speedLimitMps !== undefined),
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
  const { headingRadians, lanes, stopLine, speedLimitMps } = approach;
  const [ux, uy] = [Math.cos(headingRadians), Math.sin(headingRadians)];
  const along = crosswalk.xs.map(
    (x, i) => (x - crosswalk.centreX) * ux + ((crosswalk.ys[i] as number) - crosswalk.centreY) * uy,
  );
  return {
    ux,
    uy,
    edgeMetres: Math.min(...along),
    speedLimitMps,
    lanes: lanes.map(({ centreline, widthMetres }) => {
      const line = { xs: centreline.map(([x]) => x), ys: centreline.map(([, y]) => y) };
      const [x, y] = nearestOn(line, crosswalk.centreX, crosswalk.centreY);
      return { centreline: line, widthMetres, axisMetres: axis(x, y) };
    }),
    stopLine: stopLine && stopLineOf(stopLine, ux, uy),
  };
}

function stopLineOf(
  [[ax, ay], [bx, by]]: NonNullable<Approach['stopLine']>,
  ux: number,
  uy: number,
): StopLine {
  const metres = Math.hypot(bx - ax, by - ay);
  const middle = { x: (ax + bx) / 2, y: (ay + by) / 2, halfMetres: metres / 2 };
  if (metres === 0) return { ...middle, nx: ux, ny: uy };
  const [nx, ny] = [(by - ay) / metres, (ax - bx) / metres];
  const way = nx * ux + ny * uy < 0 ? -1 : 1;
  return { ...middle, nx: way * nx, ny: way * ny };
}

function signalled(
  approach: ApproachModel | undefined,
  signal: Approach['signal'],
): readonly SignalledApproach[] {
  const stopLine = approach?.stopLine;
  if (!approach || !stopLine || !signal) return [];
  return [{ ...approach, stopLine, group: signal.group, greenArrow: signal.greenArrow ?? false }];
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
