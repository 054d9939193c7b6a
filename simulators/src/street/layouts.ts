/** Plans for as many streets as are asked for, each of its own making, the same for the same seed. */
import { CONDITIONS, type Light } from './light.ts';
import type { Demand, LanePlan, ParkedSpot, Span, StreetPlan } from './plan.ts';
import { randomStream, type Random } from './random.ts';

interface Layout {
  readonly name: string;
  readonly forward: number;
  readonly backward: number;
  readonly islandMetres: number;
  readonly parking: boolean;
}

const LAYOUTS: readonly Layout[] = [
  { name: 'two lanes', forward: 1, backward: 1, islandMetres: 0, parking: false },
  { name: 'four lanes with island', forward: 2, backward: 2, islandMetres: 2.2, parking: false },
  { name: 'two lanes with parking', forward: 1, backward: 1, islandMetres: 0, parking: true },
  { name: 'one-way, two lanes', forward: 2, backward: 0, islandMetres: 0, parking: true },
  { name: 'four lanes', forward: 2, backward: 2, islandMetres: 0, parking: false },
  { name: 'two lanes with island', forward: 1, backward: 1, islandMetres: 1.8, parking: false },
  { name: 'one-way, one lane', forward: 1, backward: 0, islandMetres: 0, parking: true },
  { name: 'three lanes', forward: 2, backward: 1, islandMetres: 0, parking: false },
];

/** Two lanes with a signal; never among the others, whose streets stay as they are for a seed. */
const SIGNALLED: Layout = {
  name: 'two lanes with a signal',
  forward: 1,
  backward: 1,
  islandMetres: 0,
  parking: false,
};

const NAMES = [
  'Harbour',
  'Mill',
  'Station',
  'School',
  'Market',
  'Garden',
  'Bridge',
  'Temple',
  'College',
  'Park',
];
const KINDS = ['Road', 'Street', 'Avenue', 'Lane'];

export interface StreetOptions {
  readonly seed: number;
  readonly sites: number;
  /** Share of drivers who do not do what they owe; drawn around a fifth where absent. */
  readonly lawlessShare?: number;
  /** 1 where absent; 2 is twice the traffic. */
  readonly busyness?: number;
  /** Share of people on foot who rely on drivers to stop; 0.65 where absent. */
  readonly daringShare?: number;
  /** Day where absent. */
  readonly light?: Light;
  /** Streets with a signal, besides; none where absent. */
  readonly signals?: number;
}

export const planStreets = (options: StreetOptions): readonly StreetPlan[] => [
  ...Array.from({ length: options.sites }, (_, index) => planStreet(options, index)),
  ...Array.from({ length: options.signals ?? 0 }, (_, index) => planSignalled(options, index)),
];

function planStreet(options: StreetOptions, index: number): StreetPlan {
  const random = randomStream(options.seed, 'plan', index);
  const layout = LAYOUTS[index % LAYOUTS.length] as Layout;
  const drivingSide = index >= LAYOUTS.length && random.chance(0.15) ? 'left' : 'right';
  const id = `street-${String(index + 1).padStart(index < 99 ? 2 : 4, '0')}`;
  return drawPlan(random, options, { layout, drivingSide, id, number: index + 1 });
}

function planSignalled(options: StreetOptions, index: number): StreetPlan {
  const random = randomStream(options.seed, 'signalled', index);
  const id = `signal-${String(index + 1).padStart(index < 99 ? 2 : 4, '0')}`;
  const number = options.sites + index + 1;
  const plan = drawPlan(random, options, { layout: SIGNALLED, drivingSide: 'right', id, number });
  const signal = {
    greenSeconds: random.between(20, 28),
    amberSeconds: 3,
    redSeconds: random.between(18, 24),
    offsetSeconds: random.between(0, 40),
  };
  const demand = { ...plan.demand, vehiclesPerMinutePerLane: random.between(4, 6), jamEverySeconds: 0 };
  return { ...plan, demand, signal };
}

interface Frame {
  readonly layout: Layout;
  readonly drivingSide: 'left' | 'right';
  readonly id: string;
  readonly number: number;
}

function drawPlan(
  random: Random,
  options: StreetOptions,
  { layout, drivingSide, id, number }: Frame,
): StreetPlan {
  const laneMetres = random.between(3, 3.6);
  const shoulderMetres = layout.parking ? 2.6 : random.between(0.8, 1.4);
  const lanes = lanesOf(layout, laneMetres, drivingSide === 'right' ? 1 : -1);
  const road = roadOf(lanes, laneMetres, shoulderMetres);
  const halfDepthMetres = random.between(1.75, 3);
  return {
    id,
    name: `${random.pick(NAMES)} ${random.pick(KINDS)} ${number}`,
    layout: layout.name,
    drivingSide,
    lanes,
    road,
    middleV: layout.backward === 0 ? road.maxV : 0,
    islands:
      layout.islandMetres > 0 ? [{ minV: -layout.islandMetres / 2, maxV: layout.islandMetres / 2 }] : [],
    halfDepthMetres,
    stopGapMetres: random.between(1, 3),
    speedLimitMps: random.pick([30, 40, 50]) / 3.6,
    rotationRadians: random.between(-Math.PI, Math.PI),
    parked: layout.parking ? parkedSpots(random, road, halfDepthMetres) : [],
    demand: demandOf(random, options),
    light: options.light ?? 'day',
  };
}

/** Who drives on the right has the lanes of +u at negative v. */
function lanesOf(layout: Layout, width: number, side: 1 | -1): readonly LanePlan[] {
  const offset = layout.islandMetres / 2;
  const place = (count: number, direction: 1 | -1): LanePlan[] =>
    Array.from({ length: count }, (_, i) => ({
      id: `${direction === 1 ? 'up' : 'down'}-${i + 1}`,
      direction,
      centreV: -direction * side * (offset + width * (i + 0.5)),
      widthMetres: width,
    }));
  return [...place(layout.forward, 1), ...place(layout.backward, -1)].sort((a, b) => a.centreV - b.centreV);
}

function roadOf(lanes: readonly LanePlan[], width: number, shoulder: number): Span {
  const centres = lanes.map((lane) => lane.centreV);
  return {
    minV: Math.min(...centres) - width / 2 - shoulder,
    maxV: Math.max(...centres) + width / 2 + shoulder,
  };
}

const PARKED_PER_SIDE = 3;
const PARKED_SHARE = 0.45;

/** Along both kerbs, before and behind the crosswalk. */
function parkedSpots(random: Random, road: Span, halfDepth: number): readonly ParkedSpot[] {
  const rows = [
    { v: road.minV + 1.15, direction: 1 },
    { v: road.maxV - 1.15, direction: -1 },
  ] as const;
  const places = [-1, 1].flatMap((side) =>
    Array.from({ length: PARKED_PER_SIDE }, (_, n) => side * (halfDepth + 6 + n * 6.2)),
  );
  return rows.flatMap((row) => places.filter(() => random.chance(PARKED_SHARE)).map((u) => ({ u, ...row })));
}

function demandOf(random: Random, options: StreetOptions): Demand {
  const { busyness = 1, lawlessShare, daringShare = 0.65, light = 'day' } = options;
  const about = busyness * CONDITIONS[light].demand;
  return {
    vehiclesPerMinutePerLane: Math.min(20, random.between(4, 8) * about),
    pedestriansPerMinute: Math.min(60, random.between(3, 6) * about),
    jamEverySeconds: random.between(90, 240),
    lawlessShare: lawlessShare ?? random.between(0.12, 0.28),
    daringShare,
  };
}
