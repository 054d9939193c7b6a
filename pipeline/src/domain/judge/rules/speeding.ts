/**
 * Too fast on the approach. From the measured speed its own uncertainty is taken, at the profile's coverage factor, and then
 * the tolerance of the law; what is left must still be over the limit by what the authorities enforce.
 */
import type { SpeedingTerms } from '@wayside/contracts/law-signals';
import type { Finding } from '@wayside/contracts/verdict';
import { approachSpeedOf, type ApproachSpeed } from '../../encounter/approach-speed.ts';
import type { Scene } from '../scene.ts';
import { cameraFault, speedFault, vehicleFault } from './evidence-faults.ts';
import { clear, infraction, type Ruling } from './ruling.ts';
import { exactKmh, kmh, metres, rounded, seconds } from './words.ts';

const KMH = 3.6;

interface SpeedCase {
  readonly scene: Scene;
  readonly speed: ApproachSpeed;
  readonly terms: SpeedingTerms;
  /** All that is taken off the measured speed. */
  readonly deductedMps: number;
  /** What is left of it over the limit. */
  readonly overMps: number;
}

/** @returns undefined where the profile or the site does not ask, or the speed was not surely over the limit. */
export function speeding(scene: Scene): Finding | undefined {
  const terms = scene.profile.road.speeding;
  if (!terms || scene.site.limited.length === 0 || !scene.moved) return undefined;
  const speed = approachSpeedOf(scene.vehicle, scene.site);
  if (!speed) return undefined;
  const uncertain = terms.coverageFactor * speed.uncertaintyMps;
  if (speed.speedMps - uncertain <= speed.limitMps) return undefined;
  const { kmh: least, share } = terms.deducted;
  const deductedMps = uncertain + Math.max(least / KMH, share * speed.speedMps);
  const overMps = speed.speedMps - deductedMps - speed.limitMps;
  const ruling = rule({ scene, speed, terms, deductedMps, overMps });
  return {
    rule: 'speeding',
    ...ruling,
    pedestrianTracks: [],
    measures: {
      speedMps: rounded(speed.speedMps),
      speedUncertaintyMps: rounded(speed.uncertaintyMps),
      deductedMps: rounded(deductedMps),
      limitMps: rounded(speed.limitMps),
      ...(scene.framesPerSecond === undefined ? {} : { framesPerSecond: rounded(scene.framesPerSecond) }),
    },
    points: ruling.outcome === 'infraction' ? pointsFor(terms, speed.limitMps, overMps) : 0,
  };
}

function pointsFor({ bands, bandsIn }: SpeedingTerms, limitMps: number, overMps: number): number {
  const over = bandsIn === 'kmh' ? overMps * KMH : overMps / limitMps;
  return bands.findLast(({ from }) => from <= over)?.points ?? 0;
}

function rule({ scene, speed, terms, deductedMps, overMps }: SpeedCase): Ruling {
  const { speedMps, limitMps, fromS, toS } = speed;
  const came =
    `Came at ${kmh(speedMps)} where ${kmh(limitMps)} is the limit, measured over ${metres(speed.metres)} in ` +
    `${seconds(toS - fromS)} (standard uncertainty ${exactKmh(speed.uncertaintyMps)})`;
  if (scene.vehicle.emergency) return clear('emergency-vehicle', `${came}, but was seen with blue lights.`);
  const enforcedMps = limitMps * terms.enforcedFrom.share + terms.enforcedFrom.kmh / KMH;
  if (overMps <= 0 || overMps < enforcedMps)
    return clear(
      'within-tolerance',
      `${came}; ${exactKmh(deductedMps)} are deducted, and ${exactKmh(enforcedMps)} over the limit are not pursued.`,
    );
  return (
    cameraFault(scene) ??
    vehicleFault(scene.vehicle, fromS, toS) ??
    speedFault(scene.vehicle, fromS, toS) ??
    infraction(
      'exceeded-limit',
      `${came}; after ${exactKmh(deductedMps)} are deducted in the driver's favour it was ${exactKmh(overMps)} too fast.`,
    )
  );
}
