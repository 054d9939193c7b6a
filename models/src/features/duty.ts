/**
 * The elements of the duty between one vehicle and one pedestrian, each as a measured quantity with its margin: who went
 * first, how deep in the zone, since when, whether the driver could stop, whether the two interfered. The judge asks the
 * same with thresholds and safe margins; here nothing is decided.
 */
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import type { EncounterInput } from './encounter-input.ts';
import { capped } from './inputs.ts';
import { at, isSeen, STEP_SECONDS, type Path } from './path.ts';
import type { VehicleWay } from './vehicle-way.ts';

export interface Duty {
  readonly path: Path;
  /** 1: walks to growing v. */
  readonly direction: 1 | -1;
  /** Seconds by which the vehicle came first to where the ways cross; negative: the pedestrian did. */
  readonly leadS: number;
  readonly petS: number;
  /** Deepest in the zone while the vehicle passed, metres; negative: outside. */
  readonly depthMetres: number;
  /** Deepest before the vehicle came to the line. */
  readonly depthBeforeMetres: number;
  /** How long in the zone before that. */
  readonly owedS: number;
  /**
   * Gentlest braking that would have done of all moments since the walk that led into the zone began; in the zone: of those
   * in it only. m/s²
   */
  readonly brakingMps2: number;
  readonly brakingInZoneMps2: number;
  /** The same as the first, only for who was in the zone by more than positions leave in doubt, and had it begun a little later. */
  readonly brakingFirmMps2: number;
  readonly brakingLateMps2: number;
  /** How long the pedestrian had walked towards the zone, or been in it, as the vehicle came onto the crosswalk. */
  readonly walkedS: number;
  /** Of the vehicle, in the last seconds before it came to where the ways cross. */
  readonly slowestMps: number;
  /** The post-encroachment time if who was lost from sight walked on. */
  readonly expectedPetS: number;
  /** How long the pedestrian stood before the vehicle's way while it came. */
  readonly heldS: number;
  readonly speedMps: number;
  /** The least of the margins by which each element is met, about −3 to 3. */
  readonly margin: number;
  /** How nearly all elements are met: which pedestrian matters most. */
  readonly weight: number;
}

const BODY_METRES = 0.3;
const STANDING_MPS = 0.25;
const SOON_S = 4;
const PAUSE_S = 1;
const SLOWING_S = 3;
/** How much later than it seems a walk may have begun. */
const LATE_S = 0.4;
const FIRM_SIGMAS = 2;
/** Stands for "no braking would have done". m/s² */
export const MOST_BRAKING_MPS2 = 12;
export const MOST_SECONDS = 8;
export const MOST_MARGIN = 3;

export function dutyOf(way: VehicleWay, path: Path, input: EncounterInput): Duty {
  const direction = directionOf(path);
  const times = timesOf(way, path, direction);
  const zone = zoneOf(way, direction, input.verdict.geometry);
  const owed = owedOf(way, path, zone, direction, input);
  const heldS = heldOf(way, path, direction);
  const leadS = capped(times.pedestrianInS - times.vehicleInS, MOST_SECONDS);
  const petS = capped(
    leadS >= 0 ? times.pedestrianInS - times.vehicleOutS : times.vehicleInS - times.pedestrianOutS,
    MOST_SECONDS,
  );
  const slowestMps = slowestBefore(way, Math.min(times.vehicleInS, way.exitS));
  const expectedPetS = capped(
    expectedInS(way, path, direction, times.pedestrianInS) - times.vehicleOutS,
    MOST_SECONDS,
  );
  const { comfortableDecelerationMps2, maxPetSeconds, clearPetSeconds, yieldedMps } = input.thresholds;
  const ahead = Math.max(slowestMps - yieldedMps, clearPetSeconds - petS);
  const interference = Math.min(Math.max(maxPetSeconds - petS, (heldS - 0.5) * 2), ahead);
  const margins = [
    leadS / 0.5,
    owed.depthMetres / 0.3,
    comfortableDecelerationMps2 - owed.brakingMps2,
    interference,
  ];
  const weight = margins.reduce((sum, one) => sum + Math.tanh(one), 0);
  const speedMps = Math.abs(at(path, path.speedV, Math.min(way.entryS, times.pedestrianInS)));
  const found = { ...owed, heldS, speedMps, slowestMps, expectedPetS };
  return {
    path,
    direction,
    leadS,
    petS,
    ...found,
    weight,
    margin: capped(Math.min(...margins), MOST_MARGIN),
  };
}

const directionOf = ({ v }: Path): 1 | -1 => ((v.at(-1) ?? 0) >= (v[0] ?? 0) ? 1 : -1);

/** Metres the pedestrian has still to walk to the middle of the vehicle's way; negative: past it. */
export const toWay = (way: VehicleWay, v: number, direction: 1 | -1): number => (way.pathV - v) * direction;

interface Times {
  readonly pedestrianInS: number;
  readonly pedestrianOutS: number;
  readonly vehicleInS: number;
  readonly vehicleOutS: number;
}

/** When each of the two was where their ways cross; infinity: never seen there. */
function timesOf(way: VehicleWay, path: Path, direction: 1 | -1): Times {
  const half = way.halfWidth + BODY_METRES;
  let [pedestrianInS, pedestrianOutS] = [Infinity, Infinity];
  for (let i = 0; i < path.v.length; i++) {
    const metres = toWay(way, path.v[i] ?? 0, direction);
    const second = path.fromS + i * STEP_SECONDS;
    if (metres < half) pedestrianInS = Math.min(pedestrianInS, second);
    if (metres >= -half) continue;
    pedestrianOutS = second;
    break;
  }
  let [vehicleInS, vehicleOutS] = [Infinity, Infinity];
  for (let i = 0; i < way.path.u.length; i++) {
    const second = way.path.fromS + i * STEP_SECONDS;
    const u = at(path, path.u, second);
    const middle = way.path.u[i] ?? 0;
    if (middle + way.halfLength >= u - BODY_METRES) vehicleInS = Math.min(vehicleInS, second);
    if (middle - way.halfLength <= u + BODY_METRES) continue;
    vehicleOutS = second;
    break;
  }
  return { pedestrianInS, pedestrianOutS, vehicleInS, vehicleOutS };
}

/** Depth in the zone, metres: positive inside, on the crosswalk and not yet past the vehicle's way. */
type ZoneDepth = (v: number, speedV: number) => number;

function zoneOf(way: VehicleWay, direction: 1 | -1, geometry: YieldGeometry): ZoneDepth {
  const { frame } = way;
  const half = way.halfWidth + BODY_METRES;
  return (v, speedV) => {
    const kerbs = Math.min(v - frame.lowV, frame.highV - v);
    const passed = toWay(way, v, direction) + half;
    return Math.min(kerbs, passed, zoneDepth(way, geometry, v, speedV));
  };
}

function zoneDepth({ frame }: VehicleWay, geometry: YieldGeometry, v: number, speedV: number): number {
  const aside = Math.abs(v - frame.laneV);
  switch (geometry) {
    case 'lane-and-half':
      return frame.laneMetres - aside;
    case 'own-and-next-lane':
      return 1.5 * frame.laneMetres - aside;
    case 'half-road': {
      // Whoever will step onto the half within a second counts as on it.
      const side = frame.ownSide;
      return Math.max((v - frame.middleV) * side, (v + speedV - frame.middleV) * side);
    }
    case 'whole-crossing':
      return Infinity;
  }
}

type Owed = Pick<
  Duty,
  | 'depthMetres'
  | 'depthBeforeMetres'
  | 'owedS'
  | 'brakingMps2'
  | 'brakingInZoneMps2'
  | 'brakingFirmMps2'
  | 'brakingLateMps2'
  | 'walkedS'
>;

function owedOf(
  way: VehicleWay,
  path: Path,
  zone: ZoneDepth,
  direction: 1 | -1,
  { thresholds, site }: EncounterInput,
): Owed {
  const firmMetres = FIRM_SIGMAS * site.positionSigmaMetres;
  let [depthMetres, depthBeforeMetres, owedS] = [-MOST_SECONDS, -MOST_SECONDS, 0];
  let [brakingMps2, brakingInZoneMps2, walkedS] = [MOST_BRAKING_MPS2, MOST_BRAKING_MPS2, 0];
  let [brakingFirmMps2, brakingLateMps2] = [MOST_BRAKING_MPS2, MOST_BRAKING_MPS2];
  const walk = walkOf(way, direction);
  for (let i = 0; i < way.path.u.length; i++) {
    const second = way.path.fromS + i * STEP_SECONDS;
    if (second > way.exitS) break;
    if (!isSeen(path, second)) continue;
    const [v, speedV] = [at(path, path.v, second), at(path, path.speedV, second)];
    const braking = second < way.entryS ? brakingAt(way, i, thresholds.reactionSeconds) : MOST_BRAKING_MPS2;
    walk.goOn(second, braking, v, speedV);
    const depth = zone(v, speedV);
    if (second >= way.lineS) depthMetres = Math.max(depthMetres, depth);
    else depthBeforeMetres = Math.max(depthBeforeMetres, depth);
    if (depth <= 0) continue;
    if (second < way.lineS) owedS += STEP_SECONDS;
    brakingInZoneMps2 = Math.min(brakingInZoneMps2, braking);
    brakingMps2 = Math.min(brakingMps2, braking, walk.brakingMps2());
    walkedS = Math.max(walkedS, Math.min(second, way.entryS) - walk.fromS());
    if (depth <= firmMetres) continue;
    brakingFirmMps2 = Math.min(brakingFirmMps2, braking, walk.brakingMps2());
    brakingLateMps2 = Math.min(brakingLateMps2, walk.brakingLateMps2());
  }
  return {
    depthMetres,
    depthBeforeMetres,
    owedS,
    brakingMps2,
    brakingInZoneMps2,
    brakingFirmMps2,
    brakingLateMps2,
    walkedS: capped(walkedS, MOST_SECONDS),
  };
}

/** An unbroken walk on the vehicle's part of the crosswalk towards its way, and the gentlest braking since it began. */
function walkOf(way: VehicleWay, direction: 1 | -1) {
  const half = way.halfWidth + BODY_METRES;
  let [fromS, walkedAtS, gentlest, late] = [Infinity, -Infinity, MOST_BRAKING_MPS2, MOST_BRAKING_MPS2];
  return {
    fromS: () => fromS,
    brakingMps2: () => gentlest,
    brakingLateMps2: () => late,
    goOn(second: number, braking: number, v: number, speedV: number): void {
      const onPart = v > way.frame.lowV - BODY_METRES && v < way.frame.highV + BODY_METRES;
      const comes = onPart && toWay(way, v, direction) > -half;
      if (speedV * direction > STANDING_MPS) walkedAtS = second;
      if (comes && second - walkedAtS < PAUSE_S) {
        fromS = Math.min(fromS, second);
        gentlest = Math.min(gentlest, braking);
        if (second >= fromS + LATE_S) late = Math.min(late, braking);
      } else [fromS, gentlest, late] = [Infinity, MOST_BRAKING_MPS2, MOST_BRAKING_MPS2];
    },
  };
}

/** To stop at the line from sample i on, or before the crosswalk for who is over it: v² / 2(d − v·reaction). */
function brakingAt(way: VehicleWay, i: number, reactionSeconds: number): number {
  const speed = way.speedMps[i] ?? 0;
  if (speed < STANDING_MPS) return 0;
  const front = (way.path.u[i] ?? 0) + way.halfLength;
  const { stopLineU, nearU } = way.frame;
  const metres = (front < stopLineU ? stopLineU : nearU) - front - speed * reactionSeconds;
  return metres <= 0 ? MOST_BRAKING_MPS2 : Math.min(MOST_BRAKING_MPS2, speed ** 2 / (2 * metres));
}

function slowestBefore(way: VehicleWay, untilS: number): number {
  let slowest = MOST_SECONDS;
  for (let second = untilS - SLOWING_S; second <= untilS; second += STEP_SECONDS)
    slowest = Math.min(slowest, at(way.path, way.speedMps, second));
  return slowest;
}

/** When the pedestrian came to the vehicle's way, or would have, going on as last seen; infinity: never. */
function expectedInS(way: VehicleWay, path: Path, direction: 1 | -1, seenInS: number): number {
  if (Number.isFinite(seenInS)) return seenInS;
  const lastS = path.fromS + (path.v.length - 1) * STEP_SECONDS;
  const speed = at(path, path.speedV, lastS) * direction;
  if (speed < STANDING_MPS) return Infinity;
  return lastS + (toWay(way, at(path, path.v, lastS), direction) - way.halfWidth - BODY_METRES) / speed;
}

function heldOf(way: VehicleWay, path: Path, direction: 1 | -1): number {
  let heldS = 0;
  for (let i = 0; i < way.path.u.length; i++) {
    const second = way.path.fromS + i * STEP_SECONDS;
    if (second > way.exitS) break;
    const speed = way.speedMps[i] ?? 0;
    const metres = way.frame.nearU - ((way.path.u[i] ?? 0) + way.halfLength);
    const comes = speed > STANDING_MPS && metres < speed * SOON_S;
    if (!comes || !isSeen(path, second)) continue;
    const v = at(path, path.v, second);
    const onRoad = v > way.frame.lowV && v < way.frame.highV;
    const stands = Math.abs(at(path, path.speedV, second)) < STANDING_MPS;
    if (onRoad && stands && toWay(way, v, direction) > 0) heldS += STEP_SECONDS;
  }
  return Math.min(heldS, MOST_SECONDS);
}
