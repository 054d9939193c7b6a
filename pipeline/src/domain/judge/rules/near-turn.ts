/** A turn on red to the near side, which some laws allow: to who hinders nobody, or to who has stopped first. */
import type { RedLightTerms } from '@wayside/contracts/law-signals';
import type { Finding } from '@wayside/contracts/verdict';
import type { LinePassing } from '../../encounter/line-passing.ts';
import { indexAt } from '../../encounter/motion.ts';
import type { Scene } from '../scene.ts';
import { clear, undecided, type Ruling } from './ruling.ts';
import { kmh } from './words.ts';

/** Headings are held against the approach's. */
const TURNED_RADIANS = (40 * Math.PI) / 180;
const STRAIGHT_RADIANS = (25 * Math.PI) / 180;
/** Who is on so far past the line, and still straight, has not turned. Metres. */
const STRAIGHT_ON_METRES = 15;
/** A stop counts so far before the line. Metres. */
const STOPS_WITHIN_METRES = 8;
/** A speed this little above standing may have been standing. m/s. */
const NEARLY_MPS = 0.7;

type NearTurn = RedLightTerms['nearTurn'];

/** @returns undefined where the red holds for this vehicle as for any. */
export function ruleNearTurn(
  scene: Scene,
  passing: LinePassing,
  allowed: NearTurn,
  yielding: Finding | undefined,
): Ruling | undefined {
  const { greenArrow } = passing.approach;
  if (allowed === 'forbidden' || (allowed === 'green-arrow' && !greenArrow)) return undefined;
  switch (turnOf(scene, passing)) {
    case 'straight':
      return undefined;
    case 'unknown':
      return undecided(
        'turn-unclear',
        'The track ends before it can be told whether the vehicle turned, which is allowed here on red under conditions.',
      );
    case 'turned':
      return ruleTurned(scene, passing, allowed, yielding);
  }
}

function ruleTurned(
  scene: Scene,
  passing: LinePassing,
  allowed: NearTurn,
  yielding: Finding | undefined,
): Ruling | undefined {
  const slowest = slowestBefore(scene, passing);
  const { stoppedMps } = scene.profile.road.thresholds;
  if (allowed !== 'unhindered' && slowest >= stoppedMps) {
    if (slowest >= stoppedMps + NEARLY_MPS) return undefined;
    return undecided(
      'turn-unclear',
      `Turned on red, which is allowed after a full stop; whether ${kmh(slowest)} before the line was one cannot be told.`,
    );
  }
  if (yielding && yielding.outcome !== 'clear')
    return undecided(
      'turn-unclear',
      `Turned on red, which is allowed to who gives way; whether it did: ${yielding.explanation}`,
    );
  return clear(
    'turned-on-red',
    allowed === 'unhindered'
      ? 'Turned to the near side on red and hindered nobody on the crosswalk, which is allowed.'
      : `Turned to the near side on red after a stop (${kmh(slowest)}), giving way, which is allowed.`,
  );
}

function turnOf({ vehicle, site }: Scene, { approach, atS }: LinePassing): 'turned' | 'straight' | 'unknown' {
  const near = site.drivingSide === 'right' ? -1 : 1;
  let furthest = 0;
  const start = indexAt(vehicle.seconds, atS);
  let straightest = Infinity;
  for (let i = Math.max(0, start); i < vehicle.seconds.length; i++) {
    const [ux, uy] = [vehicle.ux[i] as number, vehicle.uy[i] as number];
    const turned = Math.atan2(approach.ux * uy - approach.uy * ux, approach.ux * ux + approach.uy * uy);
    if (turned * near >= TURNED_RADIANS) return 'turned';
    const dx = (vehicle.x[i] as number) - approach.stopLine.x;
    const dy = (vehicle.y[i] as number) - approach.stopLine.y;
    furthest = dx * approach.stopLine.nx + dy * approach.stopLine.ny;
    straightest = Math.abs(turned);
  }
  return furthest >= STRAIGHT_ON_METRES && straightest <= STRAIGHT_RADIANS ? 'straight' : 'unknown';
}

/** Its slowest on the last metres before the line. */
function slowestBefore({ vehicle }: Scene, { approach, atS, speedMps }: LinePassing): number {
  const { x, y, nx, ny } = approach.stopLine;
  let slowest = speedMps;
  for (const [i, second] of vehicle.seconds.entries()) {
    if (second > atS) break;
    const dx = (vehicle.x[i] as number) - x;
    const dy = (vehicle.y[i] as number) - y;
    const before = -(dx * nx + dy * ny) - vehicle.halfLength;
    if (before <= STOPS_WITHIN_METRES) slowest = Math.min(slowest, vehicle.speedMps[i] as number);
  }
  return slowest;
}
