/** Drivers before a signal: who stops, who cannot any more, and who means not to. */
import type { Driver } from './driver.ts';
import { stoppingAcceleration } from './idm.ts';
import type { StreetPlan } from './plan.ts';
import type { Random } from './random.ts';
import { lightAt, redFor } from './signal-programme.ts';
import type { Vehicle } from './traffic.ts';

const LOOKS_AHEAD_METRES = 70;
/** Who would have to brake harder for amber goes on; who is braking already does not change its mind. m/s². */
const FOR_AMBER_MPS2 = 3;
const FOR_RED_MPS2 = 7;

/** @returns an acceleration, Infinity where the light holds nobody back. */
export function signalAcceleration(plan: StreetPlan, vehicle: Vehicle, nowSeconds: number): number {
  if (!plan.signal || vehicle.emergency) return Infinity;
  const metres = -plan.halfDepthMetres - plan.stopGapMetres - vehicle.s;
  if (metres < -0.1 || metres > LOOKS_AHEAD_METRES) return Infinity;
  const light = lightAt(plan.signal, nowSeconds);
  if (light === 'green') return Infinity;
  const { driver, speedMps, accelerationMps2 } = vehicle;
  if (driver.runsRedSeconds !== undefined && redFor(plan.signal, nowSeconds) < driver.runsRedSeconds)
    return Infinity;
  const willing = light === 'red' || accelerationMps2 < -1 ? FOR_RED_MPS2 : FOR_AMBER_MPS2;
  if (speedMps * speedMps > 2 * willing * Math.max(metres, 0.05)) return Infinity;
  return stoppingAcceleration(speedMps, metres, driver.comfortableDecelerationMps2);
}

/** Of those who do not do what they owe. */
const RUN_RED_SHARE = 0.45;
const SPEED_SHARE = 0.35;

/** Before a signal, lawless drivers run red lights or drive too fast instead: nobody is on foot while it is green. */
export function driverAtSignal(
  driver: Driver,
  random: Random,
  { speedLimitMps, demand }: StreetPlan,
): Driver {
  const chance = random.uniform() / Math.max(1e-9, demand.lawlessShare);
  if (chance < RUN_RED_SHARE)
    return { ...driver, disposition: 'runs-red', runsRedSeconds: random.between(3, 10) };
  if (chance < RUN_RED_SHARE + SPEED_SHARE)
    return { ...driver, disposition: 'speeds', desiredMps: speedLimitMps * random.between(1.4, 1.9) };
  return { ...driver, disposition: 'yields' };
}
