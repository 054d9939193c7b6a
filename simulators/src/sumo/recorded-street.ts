/** A street moved by a recording: what the truth's rules watch, frame after frame. */
import type { Frame } from '@wayside/edge/camera/frame-source';
import { GIVING_WAY_MPS } from '../truth/thresholds.ts';
import type { WatchedPedestrian, WatchedStreet, WatchedVehicle } from '../truth/watched.ts';
import { hasPassed } from '../truth/zones.ts';
import type { SitePlan } from './plan-of-site.ts';
import { recordedVehicles } from './recorded-vehicles.ts';
import { recordedWalkers } from './recorded-walkers.ts';

export interface RecordedStreet extends WatchedStreet {
  /** @param onCrossing who is on the crossing, where that is known; else it is told by the places. */
  readonly show: (frame: Frame, onCrossing: ReadonlySet<string> | undefined) => void;
}

/** Who stops this near before the crosswalk while somebody is on it has stopped for somebody. */
const YIELDING_METRES = 12;

/** @param startMs when its clock stands at zero. @param disposition of the driver of a track. */
export function recordedStreet(
  plan: SitePlan,
  startMs: number,
  disposition: (track: string) => string,
): RecordedStreet {
  const { lanes, drive } = recordedVehicles(plan, disposition);
  const walkers = recordedWalkers(plan);
  let seconds = 0;
  return {
    plan,
    lanes,
    pedestrians: walkers.pedestrians,
    get seconds() {
      return seconds;
    },
    show({ timeMs, objects }, onCrossing) {
      seconds = (timeMs - startMs) / 1000;
      walkers.walk(
        objects.filter(({ kind }) => kind === 'pedestrian'),
        onCrossing,
      );
      drive(objects.filter(({ kind }) => kind !== 'pedestrian'));
      for (const lane of lanes)
        for (const vehicle of lane.vehicles)
          vehicle.yielding = isYielding(plan, vehicle, walkers.pedestrians);
    },
  };
}

function isYielding(
  plan: SitePlan,
  vehicle: WatchedVehicle,
  pedestrians: readonly WatchedPedestrian[],
): boolean {
  const before = -plan.halfDepthMetres - vehicle.s;
  if (vehicle.speedMps >= GIVING_WAY_MPS || before < -1 || before > YIELDING_METRES) return false;
  return pedestrians.some((one) => one.phase === 'crossing' && !hasPassed(vehicle, one));
}
