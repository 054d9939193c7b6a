/**
 * A site seen from one vehicle: u along its way over the crosswalk, v across it, both metres from the crosswalk's middle.
 * Sites lie in any direction; in this frame they are alike.
 */
import type { Site } from '@wayside/contracts/site';

export interface LocalFrame {
  readonly u: (x: number, y: number) => number;
  readonly v: (x: number, y: number) => number;
  /** The crosswalk's edges along the vehicle's way. */
  readonly nearU: number;
  readonly farU: number;
  /** Kerb to kerb, or to the refuge island on the vehicle's side of it. */
  readonly lowV: number;
  readonly highV: number;
  readonly stopLineU: number;
  readonly laneV: number;
  readonly laneMetres: number;
  /** False where the lanes were not surveyed: then the vehicle's own way stands for its lane. */
  readonly surveyed: boolean;
  /** The line between the directions, and on which side of it the vehicle's own half lies. */
  readonly middleV: number;
  readonly ownSide: 1 | -1;
}

const DEFAULT_LANE_METRES = 3.5;
const SAME_DIRECTION = Math.cos(Math.PI / 3);

/** @param way how the vehicle moved over the crosswalk, and where its path crossed it. */
export function localFrame(
  site: Site,
  way: { readonly dx: number; readonly dy: number; readonly x: number; readonly y: number },
): LocalFrame {
  const [centreX, centreY] = centreOf(site.crosswalk);
  const [ax, ay] = [Math.cos(site.crossingAxisRadians), Math.sin(site.crossingAxisRadians)];
  // Across the walking axis, in the sense in which the vehicle drove; v grows to its left.
  const sign = way.dx * ay - way.dy * ax >= 0 ? 1 : -1;
  const [ux, uy] = [sign * ay, -sign * ax];
  const u = (x: number, y: number): number => (x - centreX) * ux + (y - centreY) * uy;
  const v = (x: number, y: number): number => -(x - centreX) * uy + (y - centreY) * ux;
  const us = site.crosswalk.map(([x, y]) => u(x, y));
  const vs = site.crosswalk.map(([x, y]) => v(x, y));
  const pathV = v(way.x, way.y);
  const approach = site.approaches.find(
    ({ headingRadians }) => Math.cos(headingRadians) * ux + Math.sin(headingRadians) * uy > SAME_DIRECTION,
  );
  const lanes = (approach?.lanes ?? []).map(({ centreline, widthMetres }) => ({
    v: mean(centreline.map(([x, y]) => v(x, y))),
    widthMetres,
  }));
  const lane = lanes.find((one) => Math.abs(one.v - pathV) <= one.widthMetres / 2);
  const line = approach?.stopLine?.map(([x, y]) => u(x, y));
  const nearU = Math.min(...us);
  const ownSide = site.drivingSide === 'right' ? -1 : 1;
  const [lowV, highV] = partAround(site, v, Math.min(...vs), Math.max(...vs), pathV);
  return {
    u,
    v,
    nearU,
    farU: Math.max(...us),
    lowV,
    highV,
    stopLineU: line ? mean(line) : nearU,
    laneV: lane?.v ?? pathV,
    laneMetres: lane?.widthMetres ?? DEFAULT_LANE_METRES,
    surveyed: lane !== undefined,
    middleV: middleOf(site, { v, ux, uy, ownSide, lowV: Math.min(...vs), highV: Math.max(...vs) }),
    ownSide,
  };
}

interface Across {
  readonly v: LocalFrame['v'];
  readonly ux: number;
  readonly uy: number;
  readonly ownSide: 1 | -1;
  readonly lowV: number;
  readonly highV: number;
}

/** Between the lanes of the two directions; the far kerb of a one-way road; the middle where no lanes are known. */
function middleOf(site: Site, { v, ux, uy, ownSide, lowV, highV }: Across): number {
  const along = ({ headingRadians }: Site['approaches'][number]): number =>
    Math.cos(headingRadians) * ux + Math.sin(headingRadians) * uy;
  const others = site.approaches.filter((approach) => along(approach) < -SAME_DIRECTION);
  if (others.length === 0) return ownSide === 1 ? lowV : highV;
  const edges = others
    .flatMap(({ lanes }) => lanes)
    .map(({ centreline, widthMetres }) => {
      const centre = mean(centreline.map(([x, y]) => v(x, y)));
      return centre + (ownSide * widthMetres) / 2;
    });
  if (edges.length === 0) return (lowV + highV) / 2;
  return ownSide === 1 ? Math.max(...edges) : Math.min(...edges);
}

function partAround(
  site: Site,
  v: LocalFrame['v'],
  lowV: number,
  highV: number,
  pathV: number,
): readonly [number, number] {
  let [low, high] = [lowV, highV];
  for (const island of site.islands) {
    const vs = island.map(([x, y]) => v(x, y));
    const [from, to] = [Math.min(...vs), Math.max(...vs)];
    if (pathV >= (from + to) / 2) low = Math.max(low, to);
    else high = Math.min(high, from);
  }
  return [low, high];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const centreOf = (polygon: Site['crosswalk']): readonly [number, number] => [
  mean(polygon.map(([x]) => x)),
  mean(polygon.map(([, y]) => y)),
];
