/** What a driver does about people on and before the crosswalk. */
import type { Driver } from './driver.ts';
import { HARDEST_BRAKING_MPS2, stoppingAcceleration } from './idm.ts';
import { BODY_METRES, type Pedestrian } from './pedestrian.ts';
import type { StreetPlan } from './plan.ts';
import type { Vehicle } from './traffic.ts';

/**
 * A driver who would have to brake harder than this goes on: what most do who have to stop unexpectedly (AASHTO, "A Policy on
 * Geometric Design of Highways and Streets", stopping sight distance).
 */
const WILLING_MPS2 = 4.5;
/** A front no farther over the stop line than this stands at it. */
const AT_LINE_METRES = 0.3;
const LOOKS_AHEAD_METRES = 70;
const CREEPS_FROM_METRES = 18;
/** A courteous driver does not wait for ever for who only stands there. */
const COURTESY_SECONDS = 6;
/** A driver who sees somebody walk sees where that leads. */
const FORESIGHT_SECONDS = 1.5;

export interface Response {
  /** Infinity where nothing holds the driver back. */
  readonly accelerationMps2: number;
  readonly desiredMps: number;
}

/** Where a vehicle that gives way stops: at the line, or short of the crosswalk if it is over the line already. */
const stopMetres = (plan: StreetPlan, vehicle: Vehicle): number => {
  const toCrosswalk = -plan.halfDepthMetres - vehicle.s;
  const toLine = toCrosswalk - plan.stopGapMetres;
  return toLine >= -AT_LINE_METRES ? toLine : toCrosswalk - 0.2;
};

export function respond(
  plan: StreetPlan,
  vehicle: Vehicle,
  pedestrians: readonly Pedestrian[],
  nowSeconds: number,
): Response {
  const { driver } = vehicle;
  const held = brakingForPath(vehicle, pedestrians);
  const free = { accelerationMps2: held, desiredMps: driver.desiredMps };
  const metres = stopMetres(plan, vehicle);
  if (metres < -AT_LINE_METRES || metres > LOOKS_AHEAD_METRES) return released(vehicle, free);
  if (!pedestrians.some((pedestrian) => hasClaim(plan, vehicle, pedestrian))) return released(vehicle, free);
  if (vehicle.claimSeenAt === Infinity) vehicle.claimSeenAt = nowSeconds;
  if (nowSeconds - vehicle.claimSeenAt < driver.reactionSeconds || !heeds(driver, vehicle)) return free;
  if (driver.disposition === 'rolls') {
    if (metres > CREEPS_FROM_METRES) return free;
    return { accelerationMps2: Math.min(held, creeping(vehicle)), desiredMps: driver.creepMps };
  }
  vehicle.yielding ||= vehicle.speedMps ** 2 <= 2 * WILLING_MPS2 * Math.max(metres, 0.05);
  if (!vehicle.yielding) return free;
  const stopping = stoppingAcceleration(vehicle.speedMps, metres, driver.comfortableDecelerationMps2);
  return { accelerationMps2: Math.min(held, stopping), desiredMps: driver.desiredMps };
}

function released(vehicle: Vehicle, free: Response): Response {
  vehicle.claimSeenAt = Infinity;
  vehicle.yielding = false;
  return free;
}

function heeds({ disposition }: Driver, { emergency }: Vehicle): boolean {
  return !emergency && disposition !== 'refuses' && disposition !== 'overtakes';
}

const creeping = ({ speedMps, driver }: Vehicle): number =>
  speedMps > driver.creepMps ? -Math.min(3, (speedMps - driver.creepMps) * 1.5) : Infinity;

/** Whether this driver takes this person to have the way before it. */
function hasClaim(plan: StreetPlan, vehicle: Vehicle, pedestrian: Pedestrian): boolean {
  const toCome = (vehicle.v - pedestrian.v) * pedestrian.direction;
  if (toCome < -(vehicle.widthMetres / 2 + BODY_METRES)) return false;
  const island = plan.islands[0];
  if (island && pedestrian.v > island.minV !== vehicle.v > island.minV) return false;
  if (pedestrian.phase === 'crossing')
    return isWithinReach(plan, vehicle, pedestrian, toCome) || comesTooSoon(vehicle, pedestrian, toCome);
  return vehicle.driver.courteous && pedestrian.phaseSeconds < COURTESY_SECONDS;
}

function isWithinReach(plan: StreetPlan, vehicle: Vehicle, pedestrian: Pedestrian, toCome: number): boolean {
  const near = toCome - pedestrian.speedMps * FORESIGHT_SECONDS < 1.6 * vehicle.lane.widthMetres;
  switch (vehicle.driver.reach) {
    case 'near':
      return near;
    case 'half-road':
      return near || (pedestrian.v - plan.middleV) * (vehicle.v - plan.middleV) > 0;
    case 'whole-crossing':
      return true;
  }
}

/** Whether this person, walking on, would be in the vehicle's way before it is through by as much as the driver leaves. */
function comesTooSoon(vehicle: Vehicle, pedestrian: Pedestrian, toCome: number): boolean {
  const walkSeconds = (toCome - vehicle.widthMetres / 2 - BODY_METRES) / pedestrian.desiredMps;
  return walkSeconds < secondsToPass(vehicle, pedestrian) + vehicle.driver.marginSeconds;
}

/** Until its rear is past where the person walks, going on as it would with nobody there. */
function secondsToPass({ driver, lane, s, speedMps, lengthMetres }: Vehicle, { u }: Pedestrian): number {
  const metres = Math.max(0, lane.direction * u + BODY_METRES + lengthMetres - s);
  const { accelerationMps2: a, desiredMps } = driver;
  const gainingSpeed = (Math.sqrt(speedMps ** 2 + 2 * a * metres) - speedMps) / a;
  return Math.max(gainingSpeed, metres / Math.max(speedMps, desiredMps));
}

/**
 * Nobody drives into a person it sees right before it, whatever its disposition. Who stands at the edge of the lane and lets
 * it go first is not before it: else each would wait for the other.
 */
function brakingForPath(vehicle: Vehicle, pedestrians: readonly Pedestrian[]): number {
  let braking = Infinity;
  const half = vehicle.widthMetres / 2 + BODY_METRES + 0.15;
  for (const pedestrian of pedestrians) {
    if (pedestrian.phase !== 'crossing' || pedestrian.waitsFor === vehicle.id) continue;
    const metres = vehicle.lane.direction * pedestrian.u - vehicle.s - BODY_METRES - 0.5;
    if (metres < -0.4 || metres > 30) continue;
    const toCome = (vehicle.v - pedestrian.v) * pedestrian.direction;
    const reach = half + pedestrian.speedMps * 0.6;
    if (toCome < -half || toCome > reach) continue;
    braking = Math.min(braking, brakingWithin(vehicle.speedMps, metres));
  }
  return braking;
}

function brakingWithin(speedMps: number, metres: number): number {
  if (metres < 0.2) return -HARDEST_BRAKING_MPS2;
  const needed = (speedMps * speedMps) / (2 * metres);
  return needed > 0.8 || metres < 3 ? -Math.min(HARDEST_BRAKING_MPS2, needed) : Infinity;
}
