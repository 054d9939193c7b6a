/** The site of a pedestrian crossing in a SUMO network: exact, as the network has it. */
import type { Approach, Lane, Site } from '@wayside/contracts/site';
import { cameraOfClip } from '../recordings/dut-site.ts';
import type { NetEdge, Network } from './network.ts';
import { cut, lengthOf, nearestOn, stripAround, type Line, type Place } from './polyline.ts';
import { waysOver, type WayOver } from './ways-over.ts';

/** As far as the simulated streets' cameras look. */
export const ATTENTION_METRES = 45;
/** SUMO writes positions to the centimetre. */
const POSITION_SIGMA_METRES = 0.05;
const MAX_LANES = 8;
const MAX_APPROACHES = 8;
/** Bounds of the contract. */
const LANE_METRES = { least: 1.5, most: 8 } as const;
const SPEED_MPS = { least: 1, most: 60 } as const;
const MAX_POINTS = { side: 30, lane: 256 } as const;

export interface PlacedSite {
  readonly site: Site;
  /** The crossing's middle in the network's coordinates; the site's origin. */
  readonly origin: Place;
  /** Id of its edge. */
  readonly crossing: string;
}

/** @param clip names the site. @returns the site, or why there can be none. */
export function siteOfCrossing(network: Network, crossing: NetEdge, clip: string): PlacedSite | string {
  const lane = crossing.lanes[0];
  if (lane === undefined) return 'has no lane with a shape';
  if (lane.shape.length > MAX_POINTS.side) return `has more than ${MAX_POINTS.side} points`;
  const origin = middleOf(lane.shape);
  const here = (line: Line): [number, number][] =>
    line.map(([x, y]) => [rounded(x - origin[0]), rounded(y - origin[1])]);
  const approaches = waysOver(network, crossing).map((ways, i) => approachOf(ways, origin, here, i + 1));
  if (approaches.length === 0) return 'crosses no lane that vehicles use';
  if (approaches.length > MAX_APPROACHES) return `crosses more than ${MAX_APPROACHES} edges`;
  if (approaches.some(({ lanes }) => lanes.length > MAX_LANES)) return `crosses more than ${MAX_LANES} lanes`;
  const [first, last] = [lane.shape[0], lane.shape.at(-1)] as [Place, Place];
  const site: Site = {
    schema: 'wayside.site.v1',
    id: clip,
    name: `SUMO crossing ${crossing.id}`.slice(0, 200),
    timeZone: 'UTC',
    drivingSide: network.drivingSide,
    devices: [cameraOfClip(clip)],
    crosswalk: here(stripAround(lane.shape, lane.widthMetres)),
    crossingAxisRadians: rounded(Math.atan2(last[1] - first[1], last[0] - first[0])),
    islands: [],
    approaches,
    attentionMetres: ATTENTION_METRES,
    positionSigmaMetres: POSITION_SIGMA_METRES,
    calibration: { validUntil: null },
    origin: 'simulation',
  };
  return { site, origin, crossing: crossing.id };
}

const middleOf = (line: Line): Place => {
  const half = lengthOf(line) / 2;
  return cut(line, half, Infinity)[0] ?? (line[0] as Place);
};

type Here = (line: Line) => [number, number][];

function approachOf(ways: readonly WayOver[], origin: Place, here: Here, number: number): Approach {
  const over = ways.map((way) => nearestOn(way.line, origin).headingRadians);
  const limit = Math.max(...ways.map(({ lane }) => lane.speedMps));
  const stopLine = stopLineOf(ways, here);
  return {
    id: `approach-${number}`,
    headingRadians: rounded(over[0] ?? 0),
    ...(stopLine && { stopLine }),
    lanes: ways.map((way, i) => laneOf(way, origin, here, `lane-${number}-${i + 1}`)),
    speedLimitMps: rounded(within(limit, SPEED_MPS)),
  };
}

function laneOf({ lane, line }: WayOver, origin: Place, here: Here, id: string): Lane {
  const at = nearestOn(line, origin).metres;
  const seen = cut(line, at - ATTENTION_METRES, at + ATTENTION_METRES);
  return {
    id,
    centreline: thinned(here(seen)),
    widthMetres: rounded(within(lane.widthMetres, LANE_METRES)),
  };
}

/** Where the lanes end before the crossing: from the right edge of the first to the left edge of the last. */
function stopLineOf(ways: readonly WayOver[], here: Here): [[number, number], [number, number]] | undefined {
  const [first, last] = [ways[0], ways.at(-1)];
  if (!first?.incoming || !last?.incoming) return undefined;
  const line = here([edgeAtEnd(first, -1), edgeAtEnd(last, 1)]);
  return line as [[number, number], [number, number]];
}

/** @param side -1 right, 1 left. */
function edgeAtEnd({ lane }: WayOver, side: 1 | -1): Place {
  const [x, y] = lane.shape.at(-1) as Place;
  const { headingRadians } = nearestOn(lane.shape, [x, y]);
  const aside = (side * lane.widthMetres) / 2;
  return [x - aside * Math.sin(headingRadians), y + aside * Math.cos(headingRadians)];
}

const within = (value: number, { least, most }: { readonly least: number; readonly most: number }): number =>
  Math.min(most, Math.max(least, value));

const thinned = (line: [number, number][]): [number, number][] => {
  const every = Math.ceil(line.length / MAX_POINTS.lane);
  return line.filter((_, i) => i % every === 0 || i === line.length - 1).slice(0, MAX_POINTS.lane);
};

/** To the millimetre (or milliradian), as surveys are. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000 + 0;
