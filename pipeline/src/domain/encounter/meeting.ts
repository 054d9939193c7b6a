/**
 * Where a vehicle's way and a pedestrian's cross, and who went first. The conflict area is what both bodies cover; the
 * post-encroachment time (Allen et al. 1978) runs from the first leaving it to the second entering it. Both are found
 * at once by asking, for each place on the pedestrian's way, when the vehicle's footprint touched a body there.
 */
import { coverOf } from './cover.ts';
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
  let closest: Meeting | undefined;
  let next = -Infinity;
  const last = walker.seconds.length - 1;
  for (let j = 0; j <= last; j++) {
    const second = walker.seconds[j] as number;
    if (second < next && j < last) continue;
    next = second + COARSE_SECONDS - 1e-6;
    const here = meetingAt(vehicle, second, walker.x[j] as number, walker.y[j] as number);
    closest = closer(closest, here);
  }
  return closest && refined(vehicle, walker, closest);
}

function refined(vehicle: VehiclePath, walker: WalkerPath, coarse: Meeting): Meeting {
  const { seconds, x, y } = walker;
  let closest = coarse;
  const step = (2 * COARSE_SECONDS) / FINE_STEPS;
  for (let k = 0; k <= FINE_STEPS; k++) {
    const second = coarse.pedestrianS - COARSE_SECONDS + k * step;
    if (second < (seconds[0] as number) || indexAt(seconds, second) >= seconds.length - 1) continue;
    const here = meetingAt(vehicle, second, valueAt(seconds, x, second), valueAt(seconds, y, second));
    closest = closer(closest, here) as Meeting;
  }
  return closest;
}

const closer = (a: Meeting | undefined, b: Meeting | undefined): Meeting | undefined =>
  a && (!b || a.petSeconds <= b.petSeconds) ? a : b;

/** A vehicle whose track ends at the place was not seen to leave it: nobody can be told to come after it. */
function meetingAt(vehicle: VehiclePath, second: number, x: number, y: number): Meeting | undefined {
  const cover = coverOf(vehicle, x, y);
  if (!cover) return undefined;
  const { inS, outS } = cover;
  const after = second - outS;
  const before = inS - second;
  if (outS === Infinity && second > (vehicle.seconds.at(-1) as number)) return undefined;
  if (after === -Infinity && before === -Infinity) return undefined;
  const petSeconds = Math.max(after, before);
  const firstThrough = after >= before ? 'vehicle' : 'pedestrian';
  return { petSeconds, firstThrough, vehicleInS: inS, vehicleOutS: outS, pedestrianS: second, x, y };
}
