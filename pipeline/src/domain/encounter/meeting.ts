/**
 * Where a vehicle's way and a pedestrian's cross, and who went first. The conflict area is what both bodies cover; the
 * post-encroachment time (Allen et al. 1978) runs from the first leaving it to the second entering it. Both are found
 * at once by asking, for each place on the pedestrian's way, when the vehicle's footprint touched a body there.
 */
import { touchBeginS, touchEndS, touchOf, type Touch } from './touch.ts';
import { indexAt, valueAfter } from './motion.ts';
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
  let closest = NOWHERE;
  let next = -Infinity;
  const last = walker.seconds.length - 1;
  for (let j = 0; j <= last; j++) {
    const second = walker.seconds[j] as number;
    if (second < next && j < last) continue;
    next = second + COARSE_SECONDS - 1e-6;
    closest = nearer(closest, vehicle, second, walker.x[j] as number, walker.y[j] as number);
  }
  return closest === NOWHERE ? undefined : meetingAt(vehicle, refined(vehicle, walker, closest));
}

/** A place on the pedestrian's way, and the time between the two there. */
interface Place {
  readonly second: number;
  readonly x: number;
  readonly y: number;
  readonly petSeconds: number;
}

const NOWHERE: Place = { second: NaN, x: NaN, y: NaN, petSeconds: Infinity };

function refined(vehicle: VehiclePath, walker: WalkerPath, coarse: Place): Place {
  const { seconds, x, y } = walker;
  let closest = coarse;
  const step = (2 * COARSE_SECONDS) / FINE_STEPS;
  for (let k = 0; k <= FINE_STEPS; k++) {
    const second = coarse.second - COARSE_SECONDS + k * step;
    const i = indexAt(seconds, second);
    if (i < 0 || i >= seconds.length - 1) continue;
    const px = valueAfter(seconds, x, i, second);
    const py = valueAfter(seconds, y, i, second);
    closest = nearer(closest, vehicle, second, px, py);
  }
  return closest;
}

/** @returns the place where it is nearer in time than the nearest so far, else that one. */
function nearer(closest: Place, vehicle: VehiclePath, second: number, x: number, y: number): Place {
  const touch = touchOf(vehicle, x, y);
  if (!touch || !isTold(vehicle, second, touch)) return closest;
  const limit = closest.petSeconds;
  if (leastPet(vehicle, second, touch) >= limit) return closest;
  const petSeconds = petAt(vehicle, second, x, y, touch);
  return petSeconds < limit ? { second, x, y, petSeconds } : closest;
}

/** A vehicle whose track ends at the place was not seen to leave it: nobody can be told to come after it. */
function isTold({ seconds }: VehiclePath, second: number, { first, last }: Touch): boolean {
  const leaves = last + 1 < seconds.length;
  return leaves || (first > 0 && second <= (seconds[last] as number));
}

/** The time cannot be less: the vehicle came after the sample before the touch, and left before the one after it. */
const leastPet = (vehicle: VehiclePath, second: number, touch: Touch): number =>
  Math.max(leastAfter(vehicle, second, touch), leastBefore(vehicle, second, touch));

const leastAfter = ({ seconds }: VehiclePath, second: number, { last }: Touch): number =>
  second - (last + 1 < seconds.length ? (seconds[last + 1] as number) : Infinity);
const leastBefore = ({ seconds }: VehiclePath, second: number, { first }: Touch): number =>
  (first > 0 ? (seconds[first - 1] as number) : -Infinity) - second;

/** From the first leaving to the second coming. The later of the two is what counts, so the other is sought only if near. */
function petAt(vehicle: VehiclePath, second: number, x: number, y: number, touch: Touch): number {
  const mostAfter = second - (vehicle.seconds[touch.last] as number);
  const mostBefore = (vehicle.seconds[touch.first] as number) - second;
  if (leastAfter(vehicle, second, touch) >= mostBefore) return second - touchEndS(vehicle, x, y, touch.last);
  if (leastBefore(vehicle, second, touch) >= mostAfter)
    return touchBeginS(vehicle, x, y, touch.first) - second;
  const after = second - touchEndS(vehicle, x, y, touch.last);
  return Math.max(after, touchBeginS(vehicle, x, y, touch.first) - second);
}

function meetingAt(vehicle: VehiclePath, { second, x, y, petSeconds }: Place): Meeting | undefined {
  const touch = touchOf(vehicle, x, y);
  if (!touch) return undefined;
  const vehicleInS = touchBeginS(vehicle, x, y, touch.first);
  const vehicleOutS = touchEndS(vehicle, x, y, touch.last);
  const firstThrough = second - vehicleOutS >= vehicleInS - second ? 'vehicle' : 'pedestrian';
  return { petSeconds, firstThrough, vehicleInS, vehicleOutS, pedestrianS: second, x, y };
}
