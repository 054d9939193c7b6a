/** One vehicle's way past the crosswalk, with each person it met there, as it really was. */
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import { BODY_METRES } from '../street/pedestrian.ts';
import { STEP_SECONDS } from '../street/plan.ts';
import { rearOf } from '../street/traffic.ts';
import {
  INTERFERING_PET_SECONDS,
  PAUSE_SECONDS,
  REACTION_SECONDS,
  SLOWING_SECONDS,
  STANDING_MPS,
} from './thresholds.ts';
import type { WatchedPedestrian, WatchedPlan, WatchedVehicle } from './watched.ts';
import { halfPath, hasPassed, isOwed, metresToPath, onSamePart, YIELD_GEOMETRIES } from './zones.ts';

/** The way was owed while the driver had still to come onto the crosswalk. */
export interface Owed {
  readonly sinceSeconds: number;
  /** The gentlest braking that would have done, of all the moments it was owed; infinity where none would. */
  readonly requiredDecelerationMps2: number;
}

export interface Meeting {
  readonly pedestrian: WatchedPedestrian;
  /** The direction the person walked in as it began. */
  readonly cameWith: WatchedPedestrian['direction'];
  /** Since the unbroken walk that led into the zone began: then a driver can see who is coming. */
  readonly owed: Record<YieldGeometry, Owed | undefined>;
  /** The walk on this part of the crosswalk that is going on. */
  walk: Owed | undefined;
  pausedSeconds: number;
  /** In the zone while the vehicle was between the stop line and the far edge. */
  readonly inZone: Record<YieldGeometry, boolean>;
  pedestrianInAt: number | undefined;
  pedestrianOutAt: number | undefined;
  vehicleInAt: number | undefined;
  vehicleOutAt: number | undefined;
  heldSeconds: number;
  /** Of the vehicle, over the last seconds before it came to where their ways cross. */
  minSpeedMps: number;
}

export interface Passage {
  readonly vehicle: WatchedVehicle;
  /** The last with each person. */
  readonly meetings: Map<number | string, Meeting>;
  /** Its front at the stop line, its front at the near edge, its rear at the far edge. */
  lineAt: number | undefined;
  entryAt: number | undefined;
  exitAt: number | undefined;
  entrySpeedMps: number | undefined;
  /** Over the last twenty metres before the stop line and up to the entry. */
  minSpeedMps: number;
  /** On the crosswalk, in all; and the longest stretch of it with nobody in its way. */
  standingSeconds: number;
  idleSeconds: number;
  longestIdleSeconds: number;
  /** Who was farther on in another lane of its direction while it came. */
  readonly behind: Set<number | string>;
  readonly overtook: (number | string)[];
  /** Of the newest steps. */
  readonly speedsMps: number[];
}

const APPROACH_METRES = 20;
const SLOWING_STEPS = SLOWING_SECONDS / STEP_SECONDS;

export const openPassage = (vehicle: WatchedVehicle): Passage => ({
  vehicle,
  meetings: new Map(),
  lineAt: undefined,
  entryAt: undefined,
  exitAt: undefined,
  entrySpeedMps: undefined,
  minSpeedMps: Infinity,
  standingSeconds: 0,
  idleSeconds: 0,
  longestIdleSeconds: 0,
  behind: new Set(),
  overtook: [],
  speedsMps: [],
});

/** To be called after each step of the street. @param crossing everybody between the kerbs. */
export function followPassage(
  plan: WatchedPlan,
  passage: Passage,
  crossing: readonly WatchedPedestrian[],
  nowSeconds: number,
): void {
  passage.speedsMps.push(passage.vehicle.speedMps);
  if (passage.speedsMps.length > SLOWING_STEPS) passage.speedsMps.shift();
  if (passage.exitAt === undefined) followVehicle(plan, passage, crossing, nowSeconds);
  for (const pedestrian of crossing) {
    const known = passage.meetings.get(pedestrian.id);
    const begins = known === undefined || comesBack(known);
    const meeting = (begins ? begun(plan, passage, pedestrian) : undefined) ?? known;
    if (meeting) followMeeting(plan, passage, meeting, nowSeconds);
  }
}

function followVehicle(
  plan: WatchedPlan,
  passage: Passage,
  crossing: readonly WatchedPedestrian[],
  nowSeconds: number,
): void {
  const { vehicle } = passage;
  const near = -plan.halfDepthMetres;
  const line = near - plan.stopGapMetres;
  if (passage.lineAt === undefined && vehicle.s >= line) passage.lineAt = nowSeconds;
  if (passage.entryAt === undefined) {
    if (vehicle.s > line - APPROACH_METRES)
      passage.minSpeedMps = Math.min(passage.minSpeedMps, vehicle.speedMps);
    if (vehicle.s < near) return;
    passage.entryAt = nowSeconds;
    passage.entrySpeedMps = vehicle.speedMps;
  }
  if (rearOf(vehicle) > plan.halfDepthMetres) passage.exitAt = nowSeconds;
  else followStanding(passage, crossing);
}

/** Who stands because somebody is in its way does what it should. */
function followStanding(passage: Passage, crossing: readonly WatchedPedestrian[]): void {
  const { vehicle } = passage;
  const stands = vehicle.speedMps < STANDING_MPS;
  if (stands) passage.standingSeconds += STEP_SECONDS;
  const idle = stands && !crossing.some((pedestrian) => isBefore(vehicle, pedestrian));
  passage.idleSeconds = idle ? passage.idleSeconds + STEP_SECONDS : 0;
  passage.longestIdleSeconds = Math.max(passage.longestIdleSeconds, passage.idleSeconds);
}

/** A driver stops for whoever is this far ahead, and this far to each side of the vehicle. */
const AHEAD_METRES = 8;
const BESIDE_METRES = 1.5;

function isBefore(vehicle: WatchedVehicle, { u, v }: WatchedPedestrian): boolean {
  const ahead = vehicle.lane.direction * u - vehicle.s;
  const aside = Math.abs(v - vehicle.v) - vehicle.widthMetres / 2;
  return ahead >= -0.5 && ahead <= AHEAD_METRES && aside <= BESIDE_METRES;
}

/** Who had passed already when the vehicle came is none of its business. */
function begun(plan: WatchedPlan, passage: Passage, pedestrian: WatchedPedestrian): Meeting | undefined {
  const { vehicle } = passage;
  if (passage.exitAt !== undefined || hasPassed(vehicle, pedestrian)) return undefined;
  if (!onSamePart(plan, vehicle, pedestrian)) return undefined;
  const meeting = openMeeting(pedestrian);
  passage.meetings.set(pedestrian.id, meeting);
  return meeting;
}

/** Through, and turned round: whoever was let through may still be kept waiting on the way back, which is another meeting. */
const comesBack = ({ pedestrian, cameWith, pedestrianOutAt }: Meeting): boolean =>
  pedestrianOutAt !== undefined && pedestrian.direction !== cameWith;

const openMeeting = (pedestrian: WatchedPedestrian): Meeting => ({
  pedestrian,
  cameWith: pedestrian.direction,
  owed: {
    'lane-and-half': undefined,
    'own-and-next-lane': undefined,
    'half-road': undefined,
    'whole-crossing': undefined,
  },
  inZone: {
    'lane-and-half': false,
    'own-and-next-lane': false,
    'half-road': false,
    'whole-crossing': false,
  },
  walk: undefined,
  pausedSeconds: 0,
  pedestrianInAt: undefined,
  pedestrianOutAt: undefined,
  vehicleInAt: undefined,
  vehicleOutAt: undefined,
  heldSeconds: 0,
  minSpeedMps: Infinity,
});

function followMeeting(plan: WatchedPlan, passage: Passage, meeting: Meeting, nowSeconds: number): void {
  const { vehicle } = passage;
  const { pedestrian } = meeting;
  if (passage.exitAt === undefined) {
    followZones(plan, passage, meeting, nowSeconds);
    if (pedestrian.speedMps === 0 && keepsWaiting(plan, vehicle, pedestrian))
      meeting.heldSeconds += STEP_SECONDS;
  }
  followConflict(passage, meeting, nowSeconds);
}

/** When each of the two was where their ways cross. */
function followConflict({ vehicle, speedsMps }: Passage, meeting: Meeting, nowSeconds: number): void {
  const { pedestrian } = meeting;
  const inPath = Math.abs(pedestrian.v - vehicle.v) < halfPath(vehicle);
  if (inPath) meeting.pedestrianInAt ??= nowSeconds;
  else if (meeting.pedestrianInAt !== undefined) meeting.pedestrianOutAt ??= nowSeconds;
  const s = vehicle.lane.direction * pedestrian.u;
  if (vehicle.s >= s - BODY_METRES && meeting.vehicleInAt === undefined) {
    meeting.vehicleInAt = nowSeconds;
    meeting.minSpeedMps = Math.min(...speedsMps);
  }
  if (rearOf(vehicle) > s + BODY_METRES) meeting.vehicleOutAt ??= nowSeconds;
}

const SOON_SECONDS = 4;
/** A usual walking speed: of somebody who stands nobody can tell how fast it would walk. */
const WALKING_MPS = 1.4;

/** It comes soon, and who stands there would, walking on, come too soon after it: others may wait, but not for this one. */
function keepsWaiting(plan: WatchedPlan, vehicle: WatchedVehicle, pedestrian: WatchedPedestrian): boolean {
  const { id, s, speedMps } = vehicle;
  if (pedestrian.waitsFor !== undefined && pedestrian.waitsFor !== id) return false;
  const seconds = (-plan.halfDepthMetres - s) / speedMps;
  if (speedMps <= STANDING_MPS || seconds >= SOON_SECONDS) return false;
  const metres = metresToPath(vehicle, pedestrian);
  const walkSeconds = (metres - halfPath(vehicle)) / WALKING_MPS;
  return metres > 0 && walkSeconds < Math.max(0, seconds) + INTERFERING_PET_SECONDS;
}

function followZones(plan: WatchedPlan, passage: Passage, meeting: Meeting, nowSeconds: number): void {
  const { vehicle } = passage;
  const required =
    passage.entryAt === undefined
      ? requiredDeceleration(plan, vehicle, passage.lineAt === undefined)
      : Infinity;
  followWalk(plan, passage, meeting, { sinceSeconds: nowSeconds, requiredDecelerationMps2: required });
  for (const geometry of YIELD_GEOMETRIES) {
    if (!isOwed(geometry, plan, vehicle, meeting.pedestrian)) continue;
    meeting.owed[geometry] = gentlest(meeting.owed[geometry] ?? meeting.walk, {
      sinceSeconds: nowSeconds,
      requiredDecelerationMps2: required,
    });
    if (passage.lineAt !== undefined) meeting.inZone[geometry] = true;
  }
}

/** A pause breaks a walk: nobody can see where it leads who does not go on. */
function followWalk(plan: WatchedPlan, { vehicle }: Passage, meeting: Meeting, now: Owed): void {
  const { pedestrian } = meeting;
  meeting.pausedSeconds = pedestrian.speedMps < STANDING_MPS ? meeting.pausedSeconds + STEP_SECONDS : 0;
  const walks =
    pedestrian.phase === 'crossing' &&
    meeting.pausedSeconds < PAUSE_SECONDS &&
    !hasPassed(vehicle, pedestrian) &&
    onSamePart(plan, vehicle, pedestrian);
  meeting.walk = walks ? gentlest(meeting.walk, now) : undefined;
}

const gentlest = (before: Owed | undefined, now: Owed): Owed =>
  before === undefined
    ? now
    : {
        sinceSeconds: before.sinceSeconds,
        requiredDecelerationMps2: Math.min(before.requiredDecelerationMps2, now.requiredDecelerationMps2),
      };

/** v² / 2(d − v · reaction), to the stop line; for who is over it already to the crosswalk. */
function requiredDeceleration(
  plan: WatchedPlan,
  { s, speedMps }: WatchedVehicle,
  beforeLine: boolean,
): number {
  if (speedMps < STANDING_MPS) return 0;
  const stopS = -plan.halfDepthMetres - (beforeLine ? plan.stopGapMetres : 0);
  const metres = stopS - s - speedMps * REACTION_SECONDS;
  return metres <= 0 ? Infinity : speedMps ** 2 / (2 * metres);
}
