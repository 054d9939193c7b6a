/**
 * The Intelligent Driver Model: Treiber, Hennecke, Helbing, "Congested traffic states in empirical observations and
 * microscopic simulations", Phys. Rev. E 62 (2000). Accelerations in m/s².
 */
export interface IdmDriver {
  readonly desiredMps: number;
  readonly headwaySeconds: number;
  readonly accelerationMps2: number;
  readonly comfortableDecelerationMps2: number;
  readonly standingGapMetres: number;
  /** 2 √(acceleration · comfortable deceleration), which the model divides by. */
  readonly twiceMeanMps2: number;
}

/** What tyres give on a dry road. */
export const HARDEST_BRAKING_MPS2 = 8;

export function freeAcceleration(driver: IdmDriver, speedMps: number, desiredMps: number): number {
  const ratio = speedMps / desiredMps;
  const squared = ratio * ratio;
  return driver.accelerationMps2 * (1 - squared * squared);
}

/** @param gapMetres from own front to the rear ahead. @returns what to take off the free acceleration. */
export function interaction(
  driver: IdmDriver,
  speedMps: number,
  aheadMps: number,
  gapMetres: number,
): number {
  const closing = (speedMps * (speedMps - aheadMps)) / driver.twiceMeanMps2;
  const desired = driver.standingGapMetres + Math.max(0, speedMps * driver.headwaySeconds + closing);
  const ratio = desired / Math.max(gapMetres, 0.1);
  return driver.accelerationMps2 * ratio * ratio;
}

/**
 * Braking to stand still at a point: gently while there is room, and then what it takes.
 * @returns an acceleration, Infinity where the point is too far off to matter.
 */
export function stoppingAcceleration(speedMps: number, distanceMetres: number, comfortable: number): number {
  if (distanceMetres <= 0.3) return -HARDEST_BRAKING_MPS2;
  const needed = (speedMps * speedMps) / (2 * (distanceMetres - 0.2));
  return needed < comfortable * 0.7 ? Infinity : -needed;
}
