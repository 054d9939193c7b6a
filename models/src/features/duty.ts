/**
 * The elements of the duty between one vehicle and one pedestrian, each as a measured quantity with its margin: who went
 * first, how deep in the zone, since when, whether the driver could stop, whether the two interfered. The judge asks the
 * same with thresholds and safe margins; here nothing is decided.
 */
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import type { EncounterInput } from './encounter-input.ts';
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
  /** Gentlest braking that would have done of all moments in the zone; firmly: well inside it only. m/s² */
  readonly brakingMps2: number;
  readonly brakingFirmlyMps2: number;
  /** How long the pedestrian stood before the vehicle's way while it came. */
  readonly heldS: number;
  readonly speedMps: number;
  /** The least of the margins by which each element is met, about −3 to 3: which pedestrian matters most. */
  readonly margin: number;
}

const BODY_METRES = 0.3;
const STANDING_MPS = 0.25;
const SOON_S = 4;
const FIRM_METRES = 0.25;
/** Stands for "no braking would have done". m/s² */
export const MOST_BRAKING_MPS2 = 12;
export const MOST_SECONDS = 8;

export function dutyOf(way: VehicleWay, path: Path, input: EncounterInput): Duty {
  const direction = directionOf(path);
  const times = timesOf(way, path, direction);
  const zone = zoneOf(way, path, direction, input.verdict.geometry);
  const owed = owedOf(way, path, zone, input.thresholds);
  const heldS = heldOf(way, path, direction);
  const leadS = clamp(times.pedestrianInS - times.vehicleInS, MOST_SECONDS);
  const petS = clamp(
    leadS >= 0 ? times.pedestrianInS - times.vehicleOutS : times.vehicleInS - times.pedestrianOutS,
    MOST_SECONDS,
  );
  const { comfortableDecelerationMps2, maxPetSeconds } = input.thresholds;
  const interference = Math.max(maxPetSeconds - petS, (heldS - 0.5) * 2);
  const margin = Math.min(
    leadS / 0.5,
    owed.depthMetres / 0.3,
    owed.depthBeforeMetres / 0.3,
    comfortableDecelerationMps2 - owed.brakingMps2,
    interference,
  );
  const speedMps = Math.abs(at(path, path.speedV, Math.min(way.entryS, times.pedestrianInS)));
  return { path, direction, leadS, petS, ...owed, heldS, speedMps, margin: clamp(margin, 3) };
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

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
    if (metres < -half) pedestrianOutS = Math.min(pedestrianOutS, second);
  }
  let [vehicleInS, vehicleOutS] = [Infinity, Infinity];
  for (let i = 0; i < way.path.u.length; i++) {
    const second = way.path.fromS + i * STEP_SECONDS;
    const u = at(path, path.u, second);
    const middle = way.path.u[i] ?? 0;
    if (middle + way.halfLength >= u - BODY_METRES) vehicleInS = Math.min(vehicleInS, second);
    if (middle - way.halfLength > u + BODY_METRES) vehicleOutS = Math.min(vehicleOutS, second);
  }
  return { pedestrianInS, pedestrianOutS, vehicleInS, vehicleOutS };
}

/** Depth in the zone at a second, metres: positive inside, on the crosswalk and not yet past the vehicle's way. */
type ZoneDepth = (second: number) => number;

function zoneOf(way: VehicleWay, path: Path, direction: 1 | -1, geometry: YieldGeometry): ZoneDepth {
  const { frame } = way;
  const half = way.halfWidth + BODY_METRES;
  return (second) => {
    const v = at(path, path.v, second);
    const kerbs = Math.min(v - frame.lowV, frame.highV - v);
    const passed = toWay(way, v, direction) + half;
    return Math.min(kerbs, passed, zoneDepth(way, geometry, v, at(path, path.speedV, second)));
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

type Owed = Pick<Duty, 'depthMetres' | 'depthBeforeMetres' | 'owedS' | 'brakingMps2' | 'brakingFirmlyMps2'>;

function owedOf(
  way: VehicleWay,
  path: Path,
  zone: ZoneDepth,
  { reactionSeconds }: EncounterInput['thresholds'],
): Owed {
  let [depthMetres, depthBeforeMetres, owedS] = [-MOST_SECONDS, -MOST_SECONDS, 0];
  let [brakingMps2, brakingFirmlyMps2] = [MOST_BRAKING_MPS2, MOST_BRAKING_MPS2];
  for (let i = 0; i < way.path.u.length; i++) {
    const second = way.path.fromS + i * STEP_SECONDS;
    if (second > way.exitS || !isSeen(path, second)) continue;
    const depth = zone(second);
    if (second >= way.lineS) {
      depthMetres = Math.max(depthMetres, depth);
      continue;
    }
    depthBeforeMetres = Math.max(depthBeforeMetres, depth);
    if (depth <= 0) continue;
    owedS += STEP_SECONDS;
    const braking = brakingAt(way, i, reactionSeconds);
    brakingMps2 = Math.min(brakingMps2, braking);
    if (depth > FIRM_METRES) brakingFirmlyMps2 = Math.min(brakingFirmlyMps2, braking);
  }
  return { depthMetres, depthBeforeMetres, owedS, brakingMps2, brakingFirmlyMps2 };
}

/** To stop at the line from sample i on: v² / 2(d − v·reaction). */
function brakingAt(way: VehicleWay, i: number, reactionSeconds: number): number {
  const speed = way.speedMps[i] ?? 0;
  if (speed < STANDING_MPS) return 0;
  const metres = way.frame.stopLineU - ((way.path.u[i] ?? 0) + way.halfLength) - speed * reactionSeconds;
  return metres <= 0 ? MOST_BRAKING_MPS2 : Math.min(MOST_BRAKING_MPS2, speed ** 2 / (2 * metres));
}

function heldOf(way: VehicleWay, path: Path, direction: 1 | -1): number {
  let heldS = 0;
  for (let i = 0; i < way.path.u.length; i++) {
    const second = way.path.fromS + i * STEP_SECONDS;
    if (second > way.exitS || !isSeen(path, second)) continue;
    const v = at(path, path.v, second);
    const onRoad = v > way.frame.lowV && v < way.frame.highV;
    const stands = Math.abs(at(path, path.speedV, second)) < STANDING_MPS;
    const speed = way.speedMps[i] ?? 0;
    const metres = way.frame.nearU - ((way.path.u[i] ?? 0) + way.halfLength);
    const comes = speed > STANDING_MPS && metres < speed * SOON_S;
    if (onRoad && stands && comes && toWay(way, v, direction) > 0) heldS += STEP_SECONDS;
  }
  return Math.min(heldS, MOST_SECONDS);
}
