/** What the law says of a passage, knowing all of it: who went, who wanted what, and how it came to its end. */
import type { Outcome, Reason } from '@wayside/contracts/verdict';
import type { Meeting, Passage } from './passage.ts';
import {
  CLEARLY_AHEAD_PET_SECONDS,
  COMFORTABLE_DECELERATION_MPS2,
  GIVING_WAY_MPS,
  INTERFERING_HELD_SECONDS,
  INTERFERING_PET_SECONDS,
  STANDING_ON_CROSSWALK_SECONDS,
} from './thresholds.ts';
import type { YieldGeometry } from './zones.ts';

export interface Answer {
  readonly outcome: Exclude<Outcome, 'undecided'>;
  readonly reason: Reason;
}

const clear = (reason: Reason): Answer => ({ outcome: 'clear', reason });
const infraction = (reason: Reason): Answer => ({ outcome: 'infraction', reason });

export type FirstThrough = 'vehicle' | 'pedestrian' | 'neither';

/** `neither`: one of the two never went where the other did. */
export function firstThrough({ vehicleInAt, pedestrianInAt }: Meeting): FirstThrough {
  if (vehicleInAt === undefined) return pedestrianInAt === undefined ? 'neither' : 'pedestrian';
  if (pedestrianInAt === undefined) return 'vehicle';
  return vehicleInAt < pedestrianInAt ? 'vehicle' : 'pedestrian';
}

/** From the first leaving the conflict area to the second entering it; negative where they overlapped. */
export function petSeconds(meeting: Meeting): number | undefined {
  const { vehicleInAt, vehicleOutAt, pedestrianInAt, pedestrianOutAt } = meeting;
  if (vehicleInAt === undefined || pedestrianInAt === undefined) return undefined;
  const [out, into] =
    vehicleInAt < pedestrianInAt ? [vehicleOutAt, pedestrianInAt] : [pedestrianOutAt, vehicleInAt];
  return out === undefined ? undefined : into - out;
}

/** Whether the driver gave this person the way, under one geometry. */
export function yieldAnswer(passage: Passage, meeting: Meeting, geometry: YieldGeometry): Answer {
  const owed = meeting.owed[geometry];
  const first = firstThrough(meeting);
  if (first === 'pedestrian') return clear('gave-way');
  if (!meeting.inZone[geometry]) return clear('pedestrian-not-owed');
  if (owed === undefined || owed.requiredDecelerationMps2 > COMFORTABLE_DECELERATION_MPS2)
    return clear('could-not-have-stopped');
  if (!interfered(meeting)) return clear('no-conflict');
  if (passage.vehicle.emergency) return clear('emergency-vehicle');
  if (crept(meeting)) return clear('gave-way');
  return infraction('went-ahead-of-pedestrian');
}

/** Slow enough to be giving way, and not clearly ahead. */
const crept = (meeting: Meeting): boolean =>
  meeting.minSpeedMps < GIVING_WAY_MPS && (petSeconds(meeting) ?? Infinity) >= CLEARLY_AHEAD_PET_SECONDS;

function interfered(meeting: Meeting): boolean {
  if (meeting.heldSeconds >= INTERFERING_HELD_SECONDS) return true;
  const pet = petSeconds(meeting);
  return pet !== undefined && pet < INTERFERING_PET_SECONDS;
}

/** Waiting there for a way on is forbidden, not stopping for somebody (cn: Implementing Regulations art. 53). */
export function standingAnswer(passage: Passage): Answer {
  if (passage.standingSeconds < STANDING_ON_CROSSWALK_SECONDS) return clear('no-conflict');
  if (passage.longestIdleSeconds < STANDING_ON_CROSSWALK_SECONDS) return clear('stopped-for-pedestrian');
  return passage.vehicle.emergency ? clear('emergency-vehicle') : infraction('stood-on-crosswalk');
}

/** Who came to a halt beside the other before going on has not overtaken it. */
export function overtakingAnswer(passage: Passage): Answer {
  if (passage.overtook.length === 0 || passage.minSpeedMps < GIVING_WAY_MPS) return clear('no-conflict');
  return passage.vehicle.emergency ? clear('emergency-vehicle') : infraction('overtook-stopped-vehicle');
}
