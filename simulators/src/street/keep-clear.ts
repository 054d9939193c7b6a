/** Stopping short of the crosswalk when there is no room beyond it, which some drivers do not do. */
import { stoppingAcceleration } from './idm.ts';
import type { StreetPlan } from './plan.ts';
import type { Vehicle } from './traffic.ts';

const SLOW_MPS = 2;

/**
 * @param aheadS where the next obstacle begins (a vehicle's rear, a jam), on the lane's s.
 * @returns an acceleration, Infinity where there is room.
 */
export function keepClear(plan: StreetPlan, vehicle: Vehicle, aheadS: number, aheadMps: number): number {
  if (vehicle.driver.disposition === 'blocks' || aheadMps > SLOW_MPS) return Infinity;
  const metres = -plan.halfDepthMetres - plan.stopGapMetres - vehicle.s;
  if (metres < -0.5 || metres > 40) return Infinity;
  const roomBeyond = aheadS - plan.halfDepthMetres;
  const beforeIt = aheadS < -plan.halfDepthMetres;
  if (beforeIt || roomBeyond > vehicle.lengthMetres + vehicle.driver.standingGapMetres + 0.5) return Infinity;
  if (vehicle.speedMps ** 2 > 2 * 4 * Math.max(metres, 0.05)) return Infinity;
  return stoppingAcceleration(vehicle.speedMps, metres, vehicle.driver.comfortableDecelerationMps2);
}
