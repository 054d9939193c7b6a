/** Watches a street from above, step by step, and says of every vehicle that has passed what the law says of it. */
import { isCrossing } from '../street/pedestrian.ts';
import { followPassage, openPassage, type Meeting, type Passage } from './passage.ts';
import { GIVING_WAY_MPS } from './thresholds.ts';
import { trueEncounter, type TrueEncounter } from './truth-line.ts';
import type { WatchedLane, WatchedPedestrian, WatchedStreet } from './watched.ts';
import { halfPath, hasPassed, metresToPath, onSamePart } from './zones.ts';

export interface TruthRecorder {
  /** To be called after each step of the street. @returns the encounters whose outcome is now certain. */
  readonly observe: () => readonly TrueEncounter[];
}

const FOLLOW_METRES = 50;
/** Farther than any vehicle drives in one step. */
const STEP_METRES = 3;
/** Who has not come to the path this long after the vehicle will not meet it any more. */
const WAIT_SECONDS = 12;
const NOTHING: readonly TrueEncounter[] = [];

/** @param startMs device time at which the street's clock stands at zero. */
export function truthRecorder(street: WatchedStreet, startMs: number): TruthRecorder {
  const { plan } = street;
  const open = new Map<number | string, Passage>();
  const from = -plan.halfDepthMetres - plan.stopGapMetres - FOLLOW_METRES;
  const crossing: WatchedPedestrian[] = [];
  const timeMs = (seconds: number): number => startMs + Math.round(seconds * 1000);

  return {
    observe() {
      const now = street.seconds;
      crossing.length = 0;
      for (const pedestrian of street.pedestrians) if (isCrossing(pedestrian)) crossing.push(pedestrian);
      for (const lane of street.lanes) openNew(lane);
      let done: TrueEncounter[] | undefined;
      for (const passage of open.values()) {
        follow(passage, now);
        if (!isOver(passage, now)) continue;
        open.delete(passage.vehicle.id);
        if (isWorthTelling(passage)) (done ??= []).push(trueEncounter(plan.id, passage, timeMs));
      }
      return done ?? NOTHING;
    },
  };

  function follow(passage: Passage, now: number): void {
    const entered = passage.entryAt !== undefined;
    followPassage(plan, passage, crossing, now);
    if (entered) return;
    if (passage.entryAt === undefined) noteAhead(passage, street.lanes);
    else noteOvertaken(plan, passage, street.lanes, crossing);
  }

  function openNew(lane: WatchedLane): void {
    for (const vehicle of lane.vehicles)
      if (vehicle.s >= from && vehicle.s < from + STEP_METRES && !open.has(vehicle.id))
        open.set(vehicle.id, openPassage(vehicle));
  }
}

function isOver(passage: Passage, now: number): boolean {
  const { exitAt } = passage;
  if (exitAt === undefined) return false;
  if (now - exitAt > WAIT_SECONDS) return true;
  for (const meeting of passage.meetings.values()) if (!isSettled(meeting)) return false;
  return true;
}

function isSettled({ pedestrian, pedestrianInAt, pedestrianOutAt }: Meeting): boolean {
  if (!isCrossing(pedestrian)) return true;
  return pedestrianInAt !== undefined && pedestrianOutAt !== undefined;
}

function isWorthTelling({ meetings, standingSeconds, overtook }: Passage): boolean {
  return meetings.size > 0 || standingSeconds > 1 || overtook.length > 0;
}

const BESIDE_METRES = 12;
/** Who stands before somebody as close to its way as this stands for it, whatever else it stands for. */
const CLOSE_METRES = 4;

/** Whom it is behind of, in other lanes of its direction: only these can it overtake. */
function noteAhead({ vehicle, behind }: Passage, lanes: readonly WatchedLane[]): void {
  for (const lane of lanes) {
    if (lane === vehicle.lane || lane.direction !== vehicle.lane.direction) continue;
    for (const other of lane.vehicles) if (other.s > vehicle.s) behind.add(other.id);
  }
}

/**
 * As its front comes onto the crosswalk: who stands before it for somebody on it, in another lane of the same direction,
 * and was ahead before.
 */
function noteOvertaken(
  plan: WatchedStreet['plan'],
  { vehicle, behind, overtook }: Passage,
  lanes: readonly WatchedLane[],
  crossing: readonly WatchedPedestrian[],
): void {
  for (const lane of lanes) {
    if (lane === vehicle.lane || lane.direction !== vehicle.lane.direction) continue;
    for (const other of lane.vehicles) {
      const before = -plan.halfDepthMetres - other.s;
      if (before < -0.5 || before > BESIDE_METRES || !behind.has(other.id)) continue;
      if (other.speedMps >= GIVING_WAY_MPS) continue;
      const waitsFor = (pedestrian: WatchedPedestrian): boolean =>
        !hasPassed(other, pedestrian) &&
        onSamePart(plan, other, pedestrian) &&
        (other.yielding || metresToPath(other, pedestrian) - halfPath(other) <= CLOSE_METRES);
      if (crossing.some(waitsFor)) overtook.push(other.id);
    }
  }
}
