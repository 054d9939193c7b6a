/**
 * A street with its crosswalk as it is in truth. Seeded and deterministic: it moves by steps of a tenth of a second and
 * knows no other clock. Cameras look at it through `StreetView` and change nothing.
 */
import { driveLane } from './driving.ts';
import { startJams, updateJam } from './jams.ts';
import { type Lane, type Vehicle, laneOf } from './traffic.ts';
import { changeLane, overtakingLane } from './overtaking.ts';
import { pedestrianArrivals } from './pedestrian-arrivals.ts';
import type { Pedestrian } from './pedestrian.ts';
import { STEP_SECONDS, type StreetPlan } from './plan.ts';
import { randomStream, type Random } from './random.ts';
import { vehicleArrivals, type VehicleArrivals } from './vehicle-arrivals.ts';
import { bodyOf, type VehicleBody } from './vehicle-types.ts';
import { walk } from './walking.ts';

export interface ParkedVehicle extends VehicleBody {
  readonly id: number;
  readonly plate: string | undefined;
  /** Of its middle. */
  readonly u: number;
  readonly v: number;
  readonly direction: 1 | -1;
}

export interface StreetView {
  readonly plan: StreetPlan;
  readonly lanes: readonly Lane[];
  readonly pedestrians: readonly Pedestrian[];
  readonly parked: readonly ParkedVehicle[];
  /** Since the street began. */
  readonly seconds: number;
}

export interface Street extends StreetView {
  readonly step: () => void;
}

const STEPS_PER_SECOND = Math.round(1 / STEP_SECONDS);

export function openStreet(plan: StreetPlan, seed: number): Street {
  const random = {
    traffic: randomStream(seed, plan.id, 'traffic'),
    jams: randomStream(seed, plan.id, 'jams'),
    walkers: pedestrianArrivals(plan, randomStream(seed, plan.id, 'walkers')),
  };
  const arrivals = vehicleArrivals(plan, random.traffic);
  const lanes = plan.lanes.map(laneOf);
  const parked = parkVehicles(plan, random.traffic, arrivals);
  const pedestrians: Pedestrian[] = [];
  const people: Pedestrian[] = [];
  startJams(plan, lanes, random.jams);
  const mayOvertake = lanes.some((lane) => lanes[lane.index + 1]?.direction === lane.direction);
  let steps = 0;
  const secondsNow = (): number => steps / STEPS_PER_SECOND;

  return {
    plan,
    lanes,
    pedestrians,
    parked,
    get seconds() {
      return secondsNow();
    },
    step() {
      steps++;
      const now = secondsNow();
      const group = random.walkers.next(now);
      if (group) pedestrians.push(...group);
      if (pedestrians.length > 0) stepPedestrians();
      else if (people.length > 0) people.length = 0;
      for (const lane of lanes) {
        updateJam(plan, lane, now, random.jams);
        arrivals.admit(lane, now);
        driveLane(plan, lane, people, now);
      }
      if (mayOvertake) for (const lane of lanes) overtakeFrom(lane);
    },
  };

  function stepPedestrians(): void {
    let concerned = 0;
    let kept = 0;
    for (const pedestrian of pedestrians) {
      walk(plan, lanes, pedestrian, secondsNow());
      const { phase } = pedestrian;
      if (phase === 'gone') continue;
      pedestrians[kept++] = pedestrian;
      if (phase === 'crossing' || phase === 'waiting') people[concerned++] = pedestrian;
    }
    if (kept < pedestrians.length) pedestrians.length = kept;
    if (concerned < people.length) people.length = concerned;
  }

  function overtakeFrom(lane: Lane): void {
    for (let place = lane.vehicles.length - 1; place > 0; place--) {
      const vehicle = lane.vehicles[place] as Vehicle;
      const to = overtakingLane(plan, lanes, vehicle, place);
      if (to) changeLane(vehicle, to);
    }
  }
}

function parkVehicles(plan: StreetPlan, random: Random, arrivals: VehicleArrivals): readonly ParkedVehicle[] {
  return plan.parked.map((spot) => ({
    ...spot,
    ...bodyOf(random, random.chance(0.8) ? 'car' : 'van'),
    id: arrivals.nextId(),
    plate: arrivals.nextPlate(),
  }));
}

/** Lets a street run, until it is as full as it will be. */
export function runFor(street: Street, seconds: number, afterStep?: () => void): void {
  const steps = Math.round(seconds * STEPS_PER_SECOND);
  for (let n = 0; n < steps; n++) {
    street.step();
    afterStep?.();
  }
}
