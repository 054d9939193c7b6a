/** One step of the vehicles of one lane, the one farthest on first. */
import { freeAcceleration, HARDEST_BRAKING_MPS2, interaction, stoppingAcceleration } from './idm.ts';
import { signalAcceleration } from './at-signal.ts';
import { keepClear } from './keep-clear.ts';
import { type Lane, type Vehicle, rearOf } from './traffic.ts';
import { SIDEWAYS_MPS } from './overtaking.ts';
import type { Pedestrian } from './pedestrian.ts';
import { EXIT_S, STEP_SECONDS, type StreetPlan } from './plan.ts';
import { respond } from './yielding.ts';

/** From where on people at the crosswalk can matter to a driver. */
const CONCERNED_FROM_S = -80;

/** @param people whoever is on the crosswalk or waits at its kerbs. */
export function driveLane(
  plan: StreetPlan,
  lane: Lane,
  people: readonly Pedestrian[],
  nowSeconds: number,
): void {
  let ahead: Vehicle | undefined;
  for (const vehicle of lane.vehicles) {
    vehicle.accelerationMps2 = accelerationOf(plan, vehicle, ahead, people, nowSeconds);
    advance(vehicle);
    ahead = vehicle;
  }
  const first = lane.vehicles[0];
  if (first && rearOf(first) > EXIT_S) lane.vehicles.shift();
}

function accelerationOf(
  plan: StreetPlan,
  vehicle: Vehicle,
  ahead: Vehicle | undefined,
  people: readonly Pedestrian[],
  nowSeconds: number,
): number {
  const { driver, speedMps, lane } = vehicle;
  let desiredMps = driver.desiredMps;
  let limit = Infinity;
  if (people.length > 0 && vehicle.s > CONCERNED_FROM_S && vehicle.s < plan.halfDepthMetres) {
    const response = respond(plan, vehicle, people, nowSeconds);
    desiredMps = response.desiredMps;
    limit = response.accelerationMps2;
  } else if (vehicle.yielding) vehicle.yielding = false;
  let acceleration = freeAcceleration(driver, speedMps, desiredMps);
  if (ahead) {
    const gap = rearOf(ahead) - vehicle.s;
    acceleration -= interaction(driver, speedMps, ahead.speedMps, gap);
    limit = Math.min(limit, keepClear(plan, vehicle, rearOf(ahead), ahead.speedMps));
  }
  if (plan.signal) limit = Math.min(limit, signalAcceleration(plan, vehicle, nowSeconds));
  if (lane.jam) limit = Math.min(limit, jamAcceleration(plan, vehicle, lane.jam.s));
  return Math.max(-HARDEST_BRAKING_MPS2, Math.min(acceleration, limit));
}

/** Who cannot stop for the end of the jam any more has slipped in before it. */
function jamAcceleration(plan: StreetPlan, vehicle: Vehicle, jamS: number): number {
  const metres = jamS - vehicle.s;
  if (metres < 0 || vehicle.speedMps ** 2 > 2 * 4 * metres) return Infinity;
  const stopping = stoppingAcceleration(
    vehicle.speedMps,
    metres - 0.5,
    vehicle.driver.comfortableDecelerationMps2,
  );
  return Math.min(stopping, keepClear(plan, vehicle, jamS, 0));
}

function advance(vehicle: Vehicle): void {
  const speed = vehicle.speedMps + vehicle.accelerationMps2 * STEP_SECONDS;
  if (speed <= 0) {
    const metres = vehicle.accelerationMps2 < 0 ? vehicle.speedMps ** 2 / (-2 * vehicle.accelerationMps2) : 0;
    vehicle.s += metres;
    vehicle.speedMps = 0;
  } else {
    vehicle.s += ((vehicle.speedMps + speed) / 2) * STEP_SECONDS;
    vehicle.speedMps = speed;
  }
  const aside = vehicle.lane.centreV - vehicle.v;
  if (aside !== 0) moveAside(vehicle, aside);
}

function moveAside(vehicle: Vehicle, aside: number): void {
  const most = (vehicle.speedMps > 1 ? SIDEWAYS_MPS : SIDEWAYS_MPS * vehicle.speedMps) * STEP_SECONDS;
  vehicle.v = Math.abs(aside) <= most ? vehicle.lane.centreV : vehicle.v + Math.sign(aside) * most;
}
