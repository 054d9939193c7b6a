/** A made-up street, for property tests: vehicles that pass, wait, park or flicker, and pedestrians who cross. */
import type { Site } from '@wayside/contracts/site';
import type { Sighting, SeenFrame } from './batches.ts';

/** A crosswalk 12 m long along x and 4 m deep along y, around the origin; vehicles drive along y. */
export const testSite = (over: Partial<Site> = {}): Site => ({
  schema: 'wayside.site.v1',
  id: 'high-street',
  name: 'High Street',
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: ['cam-1'],
  crosswalk: [
    [-6, -2],
    [6, -2],
    [6, 2],
    [-6, 2],
  ],
  crossingAxisRadians: 0,
  islands: [],
  approaches: [
    { id: 'up', headingRadians: Math.PI / 2, lanes: [] },
    { id: 'down', headingRadians: -Math.PI / 2, lanes: [] },
  ],
  attentionMetres: 20,
  positionSigmaMetres: 0.1,
  calibration: { validUntil: null },
  origin: 'simulation',
  ...over,
});

/** A vehicle that comes from −30 m at `speedMps`, rests `restSeconds` at `restAt`, and goes on. */
export interface VehiclePlan {
  readonly track: string;
  readonly fromSecond: number;
  readonly speedMps: number;
  readonly restAt: number;
  readonly restSeconds: number;
  readonly x: number;
  /** Every n-th sample is missing; 0: none. */
  readonly missing: number;
}

export interface WalkerPlan {
  readonly track: string;
  readonly fromSecond: number;
  readonly speedMps: number;
  readonly y: number;
}

export interface StreetPlan {
  readonly startMs: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly vehicles: readonly VehiclePlan[];
  readonly walkers: readonly WalkerPlan[];
}

const START_METRES = -30;

export function framesOf(plan: StreetPlan): SeenFrame[] {
  const count = Math.round(plan.seconds * plan.framesPerSecond);
  return Array.from({ length: count }, (_, i) => {
    const second = i / plan.framesPerSecond;
    const vehicles = plan.vehicles.map((vehicle) => vehicleAt(vehicle, second, i));
    const walkers = plan.walkers.map((walker) => walkerAt(walker, second));
    return {
      timeMs: plan.startMs + Math.round(second * 1000),
      objects: [...vehicles, ...walkers].filter((one) => one !== undefined),
    };
  });
}

function vehicleAt(plan: VehiclePlan, second: number, i: number): Sighting | undefined {
  if (plan.missing > 0 && i % plan.missing === 0) return undefined;
  const driven = plan.speedMps * (second - plan.fromSecond);
  const untilRest = plan.restAt - START_METRES;
  const y = START_METRES + Math.max(Math.min(driven, untilRest), driven - plan.speedMps * plan.restSeconds);
  if (driven < 0 || y > -START_METRES) return undefined;
  return { track: plan.track, kind: 'car', x: plan.x, y };
}

function walkerAt(plan: WalkerPlan, second: number): Sighting | undefined {
  const x = -8 + plan.speedMps * (second - plan.fromSecond);
  return x < -8 || x > 8 ? undefined : { track: plan.track, kind: 'pedestrian', x, y: plan.y };
}
