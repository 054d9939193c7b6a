/** What was measured between one vehicle on the crosswalk and one pedestrian. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { meetingOf, type Meeting } from './meeting.ts';
import { indexAt, valueAt } from './motion.ts';
import {
  owedSince,
  PAUSE_SECONDS,
  requiredDeceleration,
  speedsBetween,
  type Owed,
  type Stop,
} from './owed.ts';
import { deepestPresence, presenceOf, presentAt, type Presence } from './presence.ts';
import type { SiteModel } from './site-model.ts';
import { APPROACH_SECONDS, STOP_SHORT_METRES } from './thresholds.ts';
import type { VehiclePath } from './vehicle-path.ts';
import { walkingAt, type WalkerPath } from './walker-path.ts';
import type { Zones } from './zone.ts';

/** While the vehicle crossed the stop line, the crosswalk, and left it. Seconds. */
export interface Passing {
  readonly fromS: number;
  readonly toS: number;
  /** When its front came to the painted line, and to the crosswalk; undefined where there is none, or it was not seen. */
  readonly lineS: number | undefined;
  readonly entryS: number | undefined;
}

export interface Pair {
  readonly walker: WalkerPath;
  readonly presence: Presence;
  /** How firmly the pedestrian was owed the way while the vehicle passed: negative metres inside; Infinity: never seen. */
  readonly deepestMetres: number;
  readonly meeting: Meeting | undefined;
  readonly owed: Owed | undefined;
  /** When the vehicle came to the pedestrian's way (else to the crosswalk), and how it did. */
  readonly conflictS: number;
  readonly approachSeenSeconds: number;
  readonly minSpeedMps: number;
  readonly speedThereMps: number;
  readonly pedestrianSpeedMps: number;
  /** Infinity where no stop was possible. */
  readonly requiredDecelerationMps2: number | undefined;
  /** The same had the way been owed a little earlier, or later. */
  readonly requiredFrom: (owedAtS: number) => number;
}

export interface PairSetting {
  readonly site: SiteModel;
  readonly road: LawProfile['road'];
  readonly zones: Zones;
  readonly passing: Passing;
}

export function pairOf(vehicle: VehiclePath, walker: WalkerPath, setting: PairSetting): Pair {
  const { site, road, zones, passing } = setting;
  const presence = presenceOf(walker, site, zones, {
    owedTo: road.yield.owedTo,
    anticipates: road.yield.geometry === 'half-road',
    untilS: passing.toS + PAUSE_SECONDS,
  });
  const meeting = meetingOf(vehicle, walker);
  const begin = vehicle.seconds[0] as number;
  const conflictS = Math.max(begin, meeting?.vehicleInS ?? passing.fromS);
  const approachS = Math.max(begin, conflictS - APPROACH_SECONDS);
  const owed = owedOf(vehicle, walker, presence, passing);
  const requiredFrom = (owedAtS: number): number =>
    requiredDeceleration(
      vehicle,
      Math.max(begin, owedAtS),
      stopOf(passing, owedAtS, conflictS),
      road.thresholds.reactionSeconds,
    );
  return {
    walker,
    presence,
    deepestMetres: deepestPresence(walker, presence, passing.fromS, passing.toS),
    meeting,
    owed,
    conflictS,
    approachSeenSeconds: conflictS - approachS,
    minSpeedMps: speedsBetween(vehicle, approachS, conflictS).min,
    speedThereMps: valueAt(vehicle.seconds, vehicle.speedMps, conflictS),
    pedestrianSpeedMps: speedAt(walker, meeting?.pedestrianS ?? conflictS),
    requiredDecelerationMps2: owed && requiredFrom(owed.atS),
    requiredFrom,
  };
}

/**
 * Where it was to stop: at the painted line; who is over it already, before the crosswalk. Where no line is painted, short
 * of the pedestrian's way.
 */
function stopOf({ lineS, entryS }: Passing, owedAtS: number, conflictS: number): Stop {
  if (lineS === undefined || entryS === undefined) return { atS: conflictS, shortMetres: STOP_SHORT_METRES };
  return { atS: owedAtS < lineS ? lineS : Math.min(entryS, conflictS), shortMetres: 0 };
}

/** From the first moment of the passing at which the pedestrian was present, backwards. */
function owedOf(
  vehicle: VehiclePath,
  walker: WalkerPath,
  presence: Presence,
  { fromS, toS }: Passing,
): Owed | undefined {
  const { seconds } = walker;
  for (let j = Math.max(0, indexAt(seconds, fromS)); j < seconds.length; j++) {
    const second = seconds[j] as number;
    if (second > toS) return undefined;
    if (second >= fromS && presentAt(presence, j) <= 0)
      return owedSince(walker, presence, vehicle.seconds[0] as number, j);
  }
  return undefined;
}

function speedAt(walker: WalkerPath, second: number): number {
  const j = Math.max(0, indexAt(walker.seconds, second));
  const { vx, vy } = walkingAt(walker, j);
  return Math.hypot(vx, vy);
}
