/** Whether a person on foot takes a lane to be safe to walk into, from what can be seen: distance, speed, braking. */
import { type Lane, type Vehicle, rearOf } from './traffic.ts';
import { BODY_METRES, type Pedestrian } from './pedestrian.ts';
import type { StreetPlan } from './plan.ts';

/** Half the strip of a lane that vehicles sweep, with room for a body beside it. */
export const STRIP_METRES = 1.5;
/** Who stands so still does not count as coming. */
const STANDING_MPS = 0.5;
const FAR_METRES = 75;

/**
 * The vehicle because of which this person does not walk into the lane; undefined where the lane is safe.
 * @param claims whether the pedestrian may rely on drivers who can stop for it to do so.
 */
export function vehicleToWaitFor(
  plan: StreetPlan,
  lane: Lane,
  pedestrian: Pedestrian,
  claims: boolean,
): Vehicle | undefined {
  const near = -plan.halfDepthMetres;
  for (const vehicle of lane.vehicles) {
    if (rearOf(vehicle) > -near) continue;
    if (vehicle.s > near) {
      if (standsInTheWay(vehicle, lane, pedestrian)) return vehicle;
      continue;
    }
    const metres = near - vehicle.s;
    if (metres > FAR_METRES) return undefined;
    if (!leavesTheWay(vehicle, metres, lane, pedestrian, claims ? plan.stopGapMetres : Infinity))
      return vehicle;
  }
  return undefined;
}

/** A vehicle on the crosswalk: in the way until its rear is past, unless it stands beside where the person walks. */
function standsInTheWay(vehicle: Vehicle, lane: Lane, pedestrian: Pedestrian): boolean {
  const s = lane.direction * pedestrian.u;
  if (rearOf(vehicle) > s + BODY_METRES) return false;
  return vehicle.speedMps > STANDING_MPS || vehicle.s > s - 0.5;
}

function leavesTheWay(
  vehicle: Vehicle,
  metres: number,
  lane: Lane,
  pedestrian: Pedestrian,
  stopGap: number,
): boolean {
  const { speedMps, accelerationMps2 } = vehicle;
  if (speedMps < STANDING_MPS) return true;
  const farEdge = lane.centreV + pedestrian.direction * STRIP_METRES;
  const clearSeconds = ((farEdge - pedestrian.v) * pedestrian.direction) / pedestrian.desiredMps;
  if (metres / speedMps > clearSeconds + pedestrian.marginSeconds) return true;
  if (accelerationMps2 < -0.4 && (speedMps * speedMps) / (-2 * accelerationMps2) < metres + 0.5) return true;
  const room = metres - stopGap - speedMps;
  return room > 0 && speedMps * speedMps < 2 * pedestrian.daringMps2 * room;
}
