/** Who drives into the street: by chance, and in platoons behind one another. */
import { driverAtSignal } from './at-signal.ts';
import { drawDriver } from './driver.ts';
import { type Lane, type Vehicle, rearOf } from './traffic.ts';
import { platesOf } from './plates.ts';
import { ENTRY_S, type StreetPlan } from './plan.ts';
import type { Random } from './random.ts';
import { bodyOf, drawBody } from './vehicle-types.ts';

const IN_PLATOON = 0.35;
const PLATOON_SECONDS = 2.1;
const EMERGENCY = 0.004;

export interface VehicleArrivals {
  /** Lets at most one vehicle into the lane. */
  readonly admit: (lane: Lane, nowSeconds: number) => void;
  readonly nextId: () => number;
  readonly nextPlate: () => string | undefined;
}

export function vehicleArrivals(plan: StreetPlan, random: Random): VehicleArrivals {
  const plates = platesOf(random);
  const meanSeconds = 60 / plan.demand.vehiclesPerMinutePerLane;
  const meanFree = (meanSeconds - IN_PLATOON * PLATOON_SECONDS) / (1 - IN_PLATOON);
  let id = 0;
  const nextId = (): number => ++id;
  return {
    nextId,
    nextPlate: plates.next,
    admit(lane, nowSeconds) {
      if (nowSeconds < lane.nextArrivalSeconds) return;
      const last = lane.vehicles.at(-1);
      const gap = last ? rearOf(last) - ENTRY_S : Infinity;
      if (gap < 8) return;
      lane.vehicles.push(drawVehicle(plan, random, { lane, gap, last, id: nextId(), plate: plates.next() }));
      const platoon = random.chance(IN_PLATOON);
      lane.nextArrivalSeconds =
        nowSeconds + (platoon ? PLATOON_SECONDS * random.between(0.8, 1.2) : random.exponential(meanFree));
    },
  };
}

interface Entry {
  readonly lane: Lane;
  readonly gap: number;
  readonly last: Vehicle | undefined;
  readonly id: number;
  readonly plate: string | undefined;
}

const EMERGENCY_HASTE = 1.2;

function drawVehicle(plan: StreetPlan, random: Random, { lane, gap, last, id, plate }: Entry): Vehicle {
  const emergency = random.chance(EMERGENCY);
  const drawn = drawDriver(random, plan, emergency ? EMERGENCY_HASTE : 1);
  const driver = plan.signal ? driverAtSignal(drawn, random, plan) : drawn;
  const { kind, lengthMetres, widthMetres } = emergency ? bodyOf(random, 'van') : drawBody(random);
  const safeMps = (gap - driver.standingGapMetres) / driver.headwaySeconds;
  const aheadMps = last && gap < 40 ? last.speedMps + 1 : Infinity;
  return {
    id,
    kind,
    lengthMetres,
    widthMetres,
    plate,
    emergency,
    driver,
    lane,
    s: ENTRY_S,
    speedMps: Math.max(0, Math.min(driver.desiredMps, safeMps, aheadMps)),
    accelerationMps2: 0,
    v: lane.centreV,
    claimSeenAt: Infinity,
    yielding: false,
  };
}
