/**
 * Where a vehicle's way and a pedestrian's cross, and who went first. The conflict area is what both bodies cover; the
 * post-encroachment time (Allen et al. 1978) runs from the first leaving it to the second entering it. Both are found
 * at once by asking, for each place on the pedestrian's way, when the vehicle's footprint touched a body there.
 */
import { touchBeginS, touchEndS, touchOf, type Touch } from './touch.ts';
import { indexAt, valueAt } from './motion.ts';
import type { VehiclePath } from './vehicle-path.ts';
import type { WalkerPath } from './walker-path.ts';

export interface Meeting {
  /** Negative: both were there at once. */
  readonly petSeconds: number;
  readonly firstThrough: 'vehicle' | 'pedestrian';
  /** When the vehicle touched and left the place, and when the pedestrian was there. Seconds. */
  readonly vehicleInS: number;
  readonly vehicleOutS: number;
  readonly pedestrianS: number;
  readonly x: number;
  readonly y: number;
}

/** The pedestrian's way is first walked in steps of this, then finely around the closest. Seconds. */
const COARSE_SECONDS = 0.1;
const FINE_STEPS = 12;

/** @returns the closest of all meetings on the way, or undefined where the ways share no place. */
export function meetingOf(vehicle: VehiclePath, walker: WalkerPath): Meeting | undefined {
  let closest: Near | undefined;
  let next = -Infinity;
  const last = walker.seconds.length - 1;
  for (let j = 0; j <= last; j++) {
    const second = walker.seconds[j] as number;
    if (second < next && j < last) continue;
    next = second + COARSE_SECONDS - 1e-6;
    const [x, y] = [walker.x[j] as number, walker.y[j] as number];
    closest = nearer(closest, vehicle, second, x, y) ?? closest;
  }
  return closest && meetingAt(vehicle, refined(vehicle, walker, closest));
}

/** A place on the pedestrian's way where the vehicle was too. */
interface Place {
  readonly second: number;
  readonly x: number;
  readonly y: number;
  readonly touch: Touch;
}

interface Near extends Place {
  readonly petSeconds: number;
}

function refined(vehicle: VehiclePath, walker: WalkerPath, coarse: Near): Near {
  const { seconds, x, y } = walker;
  let closest = coarse;
  const step = (2 * COARSE_SECONDS) / FINE_STEPS;
  for (let k = 0; k <= FINE_STEPS; k++) {
    const second = coarse.second - COARSE_SECONDS + k * step;
    if (second < (seconds[0] as number) || indexAt(seconds, second) >= seconds.length - 1) continue;
    const [px, py] = [valueAt(seconds, x, second), valueAt(seconds, y, second)];
    closest = nearer(closest, vehicle, second, px, py) ?? closest;
  }
  return closest;
}

/** @returns what is at a place, where it is nearer in time than the nearest so far. */
function nearer(
  closest: Near | undefined,
  vehicle: VehiclePath,
  second: number,
  x: number,
  y: number,
): Near | undefined {
  const touch = touchOf(vehicle, x, y);
  if (!touch) return undefined;
  const place = { second, x, y, touch };
  const petSeconds = petBelow(closest?.petSeconds ?? Infinity, vehicle, place);
  return petSeconds === undefined ? undefined : { ...place, petSeconds };
}

/**
 * The time between the two at a place. The samples around a touch bound it, so that the moments themselves are only
 * sought where they tell. @returns undefined where it is not below `limit`, or nothing can be said.
 */
function petBelow(limit: number, vehicle: VehiclePath, place: Place): number | undefined {
  if (!isTold(vehicle, place)) return undefined;
  const { seconds } = vehicle;
  const { second, x, y, touch } = place;
  const { first, last } = touch;
  const afterLeast = second - (last + 1 < seconds.length ? (seconds[last + 1] as number) : Infinity);
  const beforeLeast = (first > 0 ? (seconds[first - 1] as number) : -Infinity) - second;
  if (Math.max(afterLeast, beforeLeast) >= limit) return undefined;
  const afterMost = second - (seconds[last] as number);
  const beforeMost = (seconds[first] as number) - second;
  const after = beforeLeast >= afterMost ? -Infinity : second - touchEndS(vehicle, x, y, last);
  const before = afterLeast >= beforeMost ? -Infinity : touchBeginS(vehicle, x, y, first) - second;
  const petSeconds = Math.max(after, before);
  return petSeconds < limit ? petSeconds : undefined;
}

/** A vehicle whose track ends at the place was not seen to leave it: nobody can be told to come after it. */
function isTold({ seconds }: VehiclePath, { second, touch }: Place): boolean {
  const leaves = touch.last + 1 < seconds.length;
  return leaves || (touch.first > 0 && second <= (seconds[touch.last] as number));
}

function meetingAt(vehicle: VehiclePath, { second, x, y, touch, petSeconds }: Near): Meeting {
  const vehicleInS = touchBeginS(vehicle, x, y, touch.first);
  const vehicleOutS = touchEndS(vehicle, x, y, touch.last);
  const firstThrough = second - vehicleOutS >= vehicleInS - second ? 'vehicle' : 'pedestrian';
  return { petSeconds, firstThrough, vehicleInS, vehicleOutS, pedestrianS: second, x, y };
}
