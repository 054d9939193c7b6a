/** What of a site lies on the ground, in world metres: computed once a site, painted by paint-ground.ts. */
import type { Site } from '@wayside/contracts/site';
import { add, centre, dot, left, scale, spanAlong, subtract, unit, type Span, type Xy } from './geometry.ts';

export interface Strip {
  readonly line: readonly Xy[];
  readonly widthMetres: number;
}

export interface Ground {
  /** Direction of travel that the picture is turned by. */
  readonly travelRadians: number;
  readonly middle: Xy;
  /** Kerb to kerb along the crossing, and how far it is before the crosswalk ends along the road. */
  readonly crossingMetres: number;
  readonly depthMetres: number;
  readonly roads: readonly Strip[];
  /** Painted lines between lanes; the kerb needs none. */
  readonly laneLines: readonly (readonly Xy[])[];
  /** Where an arrow in the direction of travel is painted on each lane. */
  readonly arrows: readonly { readonly at: Xy; readonly headingRadians: number }[];
  readonly crosswalk: readonly Xy[];
  /** The crosswalk and the road just before and after it, where no lane lines are painted. */
  readonly apron: readonly Xy[];
  /** Zebra bars: each runs with the traffic, and they follow one another along the crossing. */
  readonly bars: readonly (readonly Xy[])[];
  readonly islands: readonly (readonly Xy[])[];
  readonly stopLines: readonly (readonly [Xy, Xy])[];
}

const BAR_METRES = 0.5;
const ROAD_REACH_METRES = 120;
const EDGE_METRES = 0.4;
const KERB_LANE_METRES = 0.9;
const ARROW_METRES = 11;
const APRON_METRES = 2;

export function groundOf(site: Site): Ground {
  const crossing = unit(site.crossingAxisRadians);
  const travelRadians = travelOf(site);
  const travel = unit(travelRadians);
  const middle = centre(site.crosswalk);
  const across = spanAlong(site.crosswalk, crossing);
  const along = spanAlong(site.crosswalk, left(crossing));
  return {
    travelRadians,
    middle,
    crossingMetres: across.to - across.from,
    depthMetres: along.to - along.from,
    roads: [mainRoad(site, crossing, travel), ...sideRoads(site)],
    laneLines: laneLinesOf(site, crossing),
    arrows: arrowsOf(site, middle),
    crosswalk: site.crosswalk,
    apron: rectangle(crossing, across, { from: along.from - APRON_METRES, to: along.to + APRON_METRES }),
    bars: barsOf(site.crosswalk, crossing),
    islands: site.islands,
    stopLines: site.approaches.flatMap(({ stopLine }) => (stopLine ? [stopLine] : [])),
  };
}

function travelOf(site: Site): number {
  const square = site.crossingAxisRadians + Math.PI / 2;
  const approach = site.approaches.find(
    ({ headingRadians }) => Math.abs(Math.cos(headingRadians - square)) > 0.5,
  );
  if (!approach) return square;
  // Approaches from both sides turn the picture the same way.
  return Math.cos(approach.headingRadians) < -1e-9
    ? approach.headingRadians + Math.PI
    : approach.headingRadians;
}

/** The road that the crosswalk crosses: as wide as the crosswalk is long. */
function mainRoad(site: Site, crossing: Xy, travel: Xy): Strip {
  const { from, to } = spanAlong(site.crosswalk, crossing);
  const middle = centre(site.crosswalk);
  const centred = add(middle, scale(crossing, (from + to) / 2 - dot(middle, crossing)));
  const skew = Math.abs(dot(left(crossing), travel));
  return {
    line: [add(centred, scale(travel, -ROAD_REACH_METRES)), add(centred, scale(travel, ROAD_REACH_METRES))],
    widthMetres: (to - from) * skew + 2 * EDGE_METRES,
  };
}

/** Surveyed lanes are road, too, where they leave the main one. */
const sideRoads = (site: Site): readonly Strip[] =>
  lanesOf(site).map((lane) => ({ ...lane, widthMetres: lane.widthMetres + 2 * EDGE_METRES }));

const lanesOf = (site: Site): readonly Strip[] =>
  site.approaches.flatMap(({ lanes }) =>
    lanes.map(({ centreline, widthMetres }) => ({ line: centreline, widthMetres })),
  );

/** Both edges of every lane, but those along the kerb of the main road. */
function laneLinesOf(site: Site, crossing: Xy): readonly (readonly Xy[])[] {
  const { from, to } = spanAlong(site.crosswalk, crossing);
  const inside = (line: readonly Xy[]) => {
    const across = dot(centre(line), crossing);
    return across > from + KERB_LANE_METRES && across < to - KERB_LANE_METRES;
  };
  return lanesOf(site)
    .flatMap(({ line, widthMetres }) => [shifted(line, widthMetres / 2), shifted(line, -widthMetres / 2)])
    .filter(inside);
}

/** @returns the line moved to its left by so many metres. */
function shifted(line: readonly Xy[], metres: number): readonly Xy[] {
  return line.map((point, i) => {
    const [before, after] = [line[i - 1] ?? point, line[i + 1] ?? point];
    const along = subtract(after, before);
    const length = Math.hypot(along[0], along[1]) || 1;
    return add(point, scale(left(along), metres / length));
  });
}

const arrowsOf = (site: Site, middle: Xy): Ground['arrows'] =>
  site.approaches.flatMap(({ lanes, headingRadians }) =>
    lanes.flatMap(({ centreline }) => {
      const [start, end] = [centreline[0], centreline.at(-1)];
      if (!start || !end) return [];
      const back = add(middle, scale(unit(headingRadians), -ARROW_METRES));
      const side = left(unit(headingRadians));
      return [{ at: add(back, scale(side, dot(subtract(start, middle), side))), headingRadians }];
    }),
  );

function barsOf(crosswalk: readonly Xy[], crossing: Xy): readonly (readonly Xy[])[] {
  const travel = left(crossing);
  const across = spanAlong(crosswalk, crossing);
  const along = spanAlong(crosswalk, travel);
  const count = Math.max(1, Math.floor((across.to - across.from) / (2 * BAR_METRES)));
  const period = (across.to - across.from) / count;
  return Array.from({ length: count }, (_, i) => {
    const start = across.from + i * period + period / 4;
    return rectangle(crossing, { from: start, to: start + period / 2 }, along);
  });
}

/** @returns the corners of what lies between two spans, one along the crossing and one along the road. */
function rectangle(crossing: Xy, across: Span, along: Span): readonly Xy[] {
  const travel = left(crossing);
  const corner = (a: number, b: number): Xy => add(scale(crossing, a), scale(travel, b));
  return [
    corner(across.from, along.from),
    corner(across.to, along.from),
    corner(across.to, along.to),
    corner(across.from, along.to),
  ];
}
