/** A straight street's own frame (u along it, v across) for a site, as the truth's rules need it. */
import type { Approach, Site } from '@wayside/contracts/site';
import type { LanePlan, Span } from '../street/plan.ts';
import type { WatchedPlan } from '../truth/watched.ts';

export interface SitePlan extends WatchedPlan {
  readonly lanes: readonly LanePlan[];
  /** Kerb to kerb. */
  readonly road: Span;
  readonly rotationRadians: number;
}

/** The site's frame, turned so that u runs along the first approach. */
export interface Turn {
  readonly u: (x: number, y: number) => number;
  readonly v: (x: number, y: number) => number;
}

export function turnBy(radians: number): Turn {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { u: (x, y) => x * cos + y * sin, v: (x, y) => y * cos - x * sin };
}

/** More than this off the parallel or the right angle, s along a lane is no longer u. */
const MOST_OFF = Math.sin(Math.PI / 12);
/** A lane may stray this far from its place at the crossing, within the stretch before it that counts. Metres. */
const MOST_ASTRAY_METRES = 0.75;
const STRAIGHT_METRES = 30;

/** @returns the plan, or why the street is not of a kind whose truth is known. */
export function planOfSite(site: Site): SitePlan | string {
  const rotationRadians = site.approaches[0]?.headingRadians ?? 0;
  if (Math.abs(Math.cos(site.crossingAxisRadians - rotationRadians)) > MOST_OFF)
    return 'the crossing is not at a right angle to the street';
  if (
    site.approaches.some(
      ({ headingRadians }) => Math.abs(Math.sin(headingRadians - rotationRadians)) > MOST_OFF,
    )
  )
    return 'its approaches are not parallel';
  const turn = turnBy(rotationRadians);
  const lanes = site.approaches.flatMap((approach) => lanesOf(approach, rotationRadians, turn));
  if (lanes.some((lane) => lane === undefined)) return 'a lane is not straight before the crossing';
  const straight = lanes.filter((lane) => lane !== undefined);
  const corners = site.crosswalk.map(([x, y]) => [turn.u(x, y), turn.v(x, y)] as const);
  const across = corners.map(([, v]) => v);
  const road = { minV: Math.min(...across), maxV: Math.max(...across) };
  const halfDepthMetres = Math.max(...corners.map(([u]) => Math.abs(u)));
  return {
    id: site.id,
    islands: [],
    lanes: straight,
    road,
    middleV: middleOf(straight, road),
    halfDepthMetres,
    stopGapMetres: stopGap(site.approaches, turn, halfDepthMetres),
    rotationRadians,
  };
}

function lanesOf(approach: Approach, rotation: number, turn: Turn): readonly (LanePlan | undefined)[] {
  const direction = Math.cos(approach.headingRadians - rotation) > 0 ? 1 : -1;
  return approach.lanes.map(({ id, centreline, widthMetres }) => {
    const points = centreline.map(([x, y]) => ({ s: direction * turn.u(x, y), v: turn.v(x, y) }));
    const near = points.filter(({ s }) => s > -STRAIGHT_METRES && s < widthMetres);
    const centreV = points.reduce((best, point) => (Math.abs(point.s) < Math.abs(best.s) ? point : best)).v;
    const straight = near.every(({ v }) => Math.abs(v - centreV) <= MOST_ASTRAY_METRES);
    return straight ? { id, direction, centreV, widthMetres } : undefined;
  });
}

/** Between the two directions; on a one-way street its far kerb, so that all of it is one half. */
function middleOf(lanes: readonly LanePlan[], road: Span): number {
  const sides = [1, -1].map((direction) => lanes.filter((lane) => lane.direction === direction));
  const [up, down] = sides.map((side) => side.map(({ centreV }) => centreV)) as [number[], number[]];
  if (up.length === 0 || down.length === 0) return road.maxV;
  const [low, high] = Math.min(...up) < Math.min(...down) ? [up, down] : [down, up];
  return (Math.max(...low) + Math.min(...high)) / 2;
}

/** From the stop lines that are there to the crosswalk; the least of them. */
function stopGap(approaches: readonly Approach[], turn: Turn, halfDepth: number): number {
  const gaps = approaches.flatMap(({ stopLine }) =>
    (stopLine ?? []).map(([x, y]) => Math.abs(turn.u(x, y)) - halfDepth),
  );
  return gaps.length === 0 ? 0 : Math.max(0, Math.min(...gaps));
}
