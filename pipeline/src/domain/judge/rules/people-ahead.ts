import { footprintAt, type VehiclePath } from '../../encounter/vehicle-path.ts';
import type { WalkerPath } from '../../encounter/walker-path.ts';
import { indexAt } from '../../encounter/motion.ts';

/** A driver stops for whoever is this far ahead, and this far to each side of the vehicle's own width. Metres. */
const AHEAD_METRES = 8;
const BESIDE_METRES = 1.5;

/** A pedestrian not seen for longer than this is not where it was last seen. Seconds. */
const FRESH_SECONDS = 0.5;

/** The pedestrians in front of a vehicle at its sample i. */
export function peopleAhead(
  vehicle: VehiclePath,
  i: number,
  walkers: readonly WalkerPath[],
): readonly WalkerPath[] {
  const second = vehicle.seconds[i] as number;
  const { x, y, ux, uy, halfLength, halfWidth } = footprintAt(vehicle, i);
  return walkers.filter((walker) => {
    const j = indexAt(walker.seconds, second);
    if (j < 0 || second - (walker.seconds[j] as number) > FRESH_SECONDS) return false;
    const dx = (walker.x[j] as number) - x;
    const dy = (walker.y[j] as number) - y;
    const along = dx * ux + dy * uy - halfLength;
    const across = Math.abs(dx * uy - dy * ux) - halfWidth;
    return along >= -0.5 && along <= AHEAD_METRES && across <= BESIDE_METRES;
  });
}
