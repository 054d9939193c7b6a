/**
 * Where somebody on the crosswalk must be for a driver to owe the way, under each geometry a law profile can name
 * (contracts/src/law-profile.ts). Who has passed the vehicle's path already is in none of them.
 */
import { YIELD_GEOMETRIES, type YieldGeometry } from '@wayside/contracts/law-profile';
import { BODY_METRES } from '../street/pedestrian.ts';
import type { WatchedPedestrian, WatchedPlan, WatchedVehicle } from './watched.ts';

export { YIELD_GEOMETRIES, type YieldGeometry };

/** Who will be on the vehicle's half within this time is about to enter it. */
const ABOUT_TO_ENTER_SECONDS = 1;

/** Across the road, from the pedestrian to the vehicle's path: positive while it is still to come. */
export const metresToPath = (vehicle: WatchedVehicle, pedestrian: WatchedPedestrian): number =>
  (vehicle.v - pedestrian.v) * pedestrian.direction;

export const halfPath = (vehicle: WatchedVehicle): number => vehicle.widthMetres / 2 + BODY_METRES;

export const hasPassed = (vehicle: WatchedVehicle, pedestrian: WatchedPedestrian): boolean =>
  metresToPath(vehicle, pedestrian) < -halfPath(vehicle);

/** On the same part of the crosswalk, where an island makes two of it. */
export function onSamePart(
  plan: WatchedPlan,
  vehicle: WatchedVehicle,
  pedestrian: WatchedPedestrian,
): boolean {
  const island = plan.islands[0];
  if (island === undefined) return true;
  return vehicle.v > island.maxV ? pedestrian.v > island.maxV : pedestrian.v < island.minV;
}

export function isOwed(
  geometry: YieldGeometry,
  plan: WatchedPlan,
  vehicle: WatchedVehicle,
  pedestrian: WatchedPedestrian,
): boolean {
  if (pedestrian.phase !== 'crossing' || hasPassed(vehicle, pedestrian)) return false;
  const { centreV, widthMetres } = vehicle.lane;
  const aside = Math.abs(pedestrian.v - centreV);
  switch (geometry) {
    case 'lane-and-half':
      return aside <= widthMetres && onSamePart(plan, vehicle, pedestrian);
    case 'own-and-next-lane':
      return aside <= 1.5 * widthMetres && onSamePart(plan, vehicle, pedestrian);
    case 'half-road':
      return onHalf(plan, vehicle, pedestrian);
    case 'whole-crossing':
      return onSamePart(plan, vehicle, pedestrian);
  }
}

/** Who stands with a shoulder over the middle is on the half already. */
function onHalf(plan: WatchedPlan, vehicle: WatchedVehicle, pedestrian: WatchedPedestrian): boolean {
  const side = Math.sign(vehicle.lane.centreV - plan.middleV);
  const inside = (pedestrian.v - plan.middleV) * side;
  if (inside >= -BODY_METRES) return onSamePart(plan, vehicle, pedestrian);
  const coming = pedestrian.direction === side;
  return coming && -inside < pedestrian.speedMps * ABOUT_TO_ENTER_SECONDS;
}
