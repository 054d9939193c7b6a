/** Passing a vehicle that has stopped before the crosswalk, by changing to the next lane of the same direction. */
import { type Lane, type Vehicle, placeInLane, rearOf } from './traffic.ts';
import type { StreetPlan } from './plan.ts';

export const SIDEWAYS_MPS = 1.6;

/** @param place of the vehicle in its own lane. @returns the lane it should move to, if it wants to and may. */
export function overtakingLane(
  plan: StreetPlan,
  lanes: readonly Lane[],
  vehicle: Vehicle,
  place: number,
): Lane | undefined {
  if (vehicle.driver.disposition !== 'overtakes' || place === 0) return undefined;
  const leader = vehicle.lane.vehicles[place - 1] as Vehicle;
  const gap = rearOf(leader) - vehicle.s;
  if (leader.speedMps > 1.5 || leader.s > plan.halfDepthMetres || vehicle.speedMps < 2 || gap > 40)
    return undefined;
  for (const step of [1, -1]) {
    const lane = lanes[vehicle.lane.index + step];
    if (lane && lane.direction === vehicle.lane.direction && canMove(vehicle, lane, gap)) return lane;
  }
  return undefined;
}

/** It must be out of its lane before it reaches who stands there, and fit in between those of the other lane. */
function canMove(vehicle: Vehicle, lane: Lane, gap: number): boolean {
  const sideways = Math.abs(lane.centreV - vehicle.v) / SIDEWAYS_MPS;
  if (vehicle.speedMps * sideways > gap - 1) return false;
  const place = placeInLane(lane, vehicle.s);
  const ahead = lane.vehicles[place - 1];
  const behind = lane.vehicles[place];
  if (ahead && rearOf(ahead) - vehicle.s < 4 + vehicle.speedMps * 1.2) return false;
  return !behind || rearOf(vehicle) - behind.s > 4 + behind.speedMps * 1.5;
}

export function changeLane(vehicle: Vehicle, to: Lane): void {
  const { vehicles } = vehicle.lane;
  vehicles.splice(vehicles.indexOf(vehicle), 1);
  to.vehicles.splice(placeInLane(to, vehicle.s), 0, vehicle);
  vehicle.lane = to;
}
