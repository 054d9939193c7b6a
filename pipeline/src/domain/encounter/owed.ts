/** When the way became owed, and whether the driver could then still have given it. */
import { firstAround, indexAt, lastAround, valueAt, wayBetween } from './motion.ts';
import type { Presence } from './presence.ts';
import type { VehiclePath } from './vehicle-path.ts';
import type { WalkerPath } from './walker-path.ts';

export interface Owed {
  /** When the pedestrian's unbroken walk on the crosswalk into the zone began. Seconds. */
  readonly atS: number;
  /** False where it may have begun before the tracks do: the driver may have had more time than was seen. */
  readonly seen: boolean;
  /** The latest it can have been: who seems to stand just off a kerb or an island may be standing on it. Seconds. */
  readonly firmlyAtS: number;
}

/** When the vehicle's front came to where it was to stop, less what it was to stop short of that. */
export interface Stop {
  readonly atS: number;
  readonly shortMetres: number;
}

/** Slower than this somebody is not walking towards anything. m/s. */
const WALKING_MPS = 0.25;

/** A step takes about half a second: a walk is looked for over somewhat less to each side. */
const STEP_SECONDS = 0.4;

/** Shorter than this a pause is a hesitation, not the end of one walk and the beginning of another. Seconds. */
export const PAUSE_SECONDS = 1;

/** @param j a sample at which the pedestrian was present. */
export function owedSince(walker: WalkerPath, presence: Presence, vehicleFromS: number, j: number): Owed {
  const { seconds } = walker;
  let start = j;
  while (start > 0 && leadsIn(walker, presence, start - 1)) start--;
  const atS = Math.max(seconds[start] as number, vehicleFromS);
  const beganS = Math.max(seconds[0] as number, vehicleFromS);
  const firmlyAtS = Math.max(seconds[firmStart(walker, presence, j)] ?? Infinity, vehicleFromS);
  return { atS, seen: atS - beganS >= PAUSE_SECONDS, firmlyAtS };
}

/** Where the walk began that led to the first sample from j on with somebody firmly present; past all where there is none. */
function firmStart(walker: WalkerPath, presence: Presence, j: number): number {
  let start = j;
  while (start < presence.count && !presence.firmly(start)) start++;
  if (start >= presence.count) return walker.seconds.length;
  while (start > 0 && (presence.firmly(start - 1) || walksIn(walker, presence, start - 1))) start--;
  return start;
}

/** On the crosswalk and walking towards the zone at this very moment. */
function walksIn({ seconds }: WalkerPath, presence: Presence, j: number): boolean {
  if (presence.crosswalk(j) > 0) return false;
  const before = firstAround(seconds, j, STEP_SECONDS);
  const from = Number.isFinite(presence.zone(before)) ? before : j;
  const to = Math.min(presence.count - 1, lastAround(seconds, j, STEP_SECONDS));
  const closed = presence.zone(from) - presence.zone(to);
  return closed > WALKING_MPS * ((seconds[to] as number) - (seconds[from] as number));
}

/** Present as far as positions tell, or on the crosswalk and, over the second that follows, walking towards the zone. */
function leadsIn({ seconds }: WalkerPath, presence: Presence, j: number): boolean {
  if (presence.mayBe(j)) return true;
  if (presence.crosswalk(j) > 0) return false;
  const now = seconds[j] as number;
  const k = Math.min(presence.count - 1, Math.max(j + 1, indexAt(seconds, now + PAUSE_SECONDS)));
  const closed = presence.zone(j) - presence.zone(k);
  return closed > WALKING_MPS * ((seconds[k] as number) - now);
}

/** Speeds are taken over so much to each side. Seconds. */
const SMOOTH_SECONDS = 0.3;

/**
 * The gentlest deceleration that would have stopped the vehicle where it was to stop, of all the moments since the way was
 * owed: v² / 2(d − v·reaction). Infinite where it could not have stopped at all.
 */
export function requiredDeceleration(
  vehicle: VehiclePath,
  owedAtS: number,
  stop: Stop,
  reactionSeconds: number,
): number {
  if (owedAtS >= stop.atS) return Infinity;
  const { seconds } = vehicle;
  const asked = (way: number, speed: number): number => {
    const metres = way - stop.shortMetres - speed * reactionSeconds;
    return speed === 0 ? 0 : metres > 0 ? (speed * speed) / (2 * metres) : Infinity;
  };
  let way = wayBetween(vehicle, owedAtS, stop.atS);
  let gentlest = asked(way, valueAt(seconds, vehicle.speedMps, owedAtS));
  for (let i = indexAt(seconds, owedAtS) + 1; i < seconds.length; i++) {
    const second = seconds[i] as number;
    if (second >= stop.atS) break;
    way -= wayBetween(vehicle, Math.max(owedAtS, seconds[i - 1] ?? owedAtS), second);
    gentlest = Math.min(gentlest, asked(way, speedAround(vehicle, i)));
  }
  return gentlest;
}

function speedAround({ seconds, speedMps }: VehiclePath, i: number): number {
  const from = firstAround(seconds, i, SMOOTH_SECONDS);
  const to = lastAround(seconds, i, SMOOTH_SECONDS);
  let sum = 0;
  for (let k = from; k <= to; k++) sum += speedMps[k] as number;
  return sum / (to - from + 1);
}

/** Smallest and largest speed between two seconds. */
export function speedsBetween(
  { seconds, speedMps }: VehiclePath,
  fromS: number,
  toS: number,
): { readonly min: number; readonly max: number } {
  const from = valueAt(seconds, speedMps, fromS);
  const to = valueAt(seconds, speedMps, toS);
  let min = Math.min(from, to);
  let max = Math.max(from, to);
  const end = indexAt(seconds, toS);
  for (let i = indexAt(seconds, fromS) + 1; i <= end; i++) {
    min = Math.min(min, speedMps[i] as number);
    max = Math.max(max, speedMps[i] as number);
  }
  return { min, max };
}
