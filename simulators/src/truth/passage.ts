/** One vehicle's way past the crosswalk, with each person it met there, as it really was. */
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import { BODY_METRES } from '../street/pedestrian.ts';
import { STEP_SECONDS } from '../street/plan.ts';
import { rearOf } from '../street/traffic.ts';
import { REACTION_SECONDS, STANDING_MPS } from './thresholds.ts';
import type { WatchedPedestrian, WatchedPlan, WatchedVehicle } from './watched.ts';
import { halfPath, hasPassed, isOwed, metresToPath, onSamePart, YIELD_GEOMETRIES } from './zones.ts';

/** The way was owed while the driver had still to reach the stop line. */
export interface Owed {
  readonly sinceSeconds: number;
  /** The gentlest braking that would have done, of all the moments it was owed; infinity where none would. */
  readonly requiredDecelerationMps2: number;
}

export interface Meeting {
  readonly pedestrian: WatchedPedestrian;
  readonly owed: Record<YieldGeometry, Owed | undefined>;
  /** In the zone while the vehicle was between the stop line and the far edge. */
  readonly inZone: Record<YieldGeometry, boolean>;
  pedestrianInAt: number | undefined;
  pedestrianOutAt: number | undefined;
  vehicleInAt: number | undefined;
  vehicleOutAt: number | undefined;
  heldSeconds: number;
}

export interface Passage {
  readonly vehicle: WatchedVehicle;
  readonly meetings: Map<number | string, Meeting>;
  /** Its front at the stop line, its front at the near edge, its rear at the far edge. */
  lineAt: number | undefined;
  entryAt: number | undefined;
  exitAt: number | undefined;
  entrySpeedMps: number | undefined;
  /** Over the last twenty metres before the stop line and up to the entry. */
  minSpeedMps: number;
  standingSeconds: number;
  readonly overtook: (number | string)[];
}

const APPROACH_METRES = 20;

export const openPassage = (vehicle: WatchedVehicle): Passage => ({
  vehicle,
  meetings: new Map(),
  lineAt: undefined,
  entryAt: undefined,
  exitAt: undefined,
  entrySpeedMps: undefined,
  minSpeedMps: Infinity,
  standingSeconds: 0,
  overtook: [],
});

/** To be called after each step of the street. @param crossing everybody between the kerbs. */
export function followPassage(
  plan: WatchedPlan,
  passage: Passage,
  crossing: readonly WatchedPedestrian[],
  nowSeconds: number,
): void {
  if (passage.exitAt === undefined) followVehicle(plan, passage, nowSeconds);
  for (const pedestrian of crossing) {
    const meeting = passage.meetings.get(pedestrian.id) ?? begun(plan, passage, pedestrian);
    if (meeting) followMeeting(plan, passage, meeting, nowSeconds);
  }
}

function followVehicle(plan: WatchedPlan, passage: Passage, nowSeconds: number): void {
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
  else if (vehicle.speedMps < STANDING_MPS) passage.standingSeconds += STEP_SECONDS;
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

const openMeeting = (pedestrian: WatchedPedestrian): Meeting => ({
  pedestrian,
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
  pedestrianInAt: undefined,
  pedestrianOutAt: undefined,
  vehicleInAt: undefined,
  vehicleOutAt: undefined,
  heldSeconds: 0,
});

function followMeeting(plan: WatchedPlan, passage: Passage, meeting: Meeting, nowSeconds: number): void {
  const { vehicle } = passage;
  const { pedestrian } = meeting;
  if (passage.exitAt === undefined) {
    followZones(plan, passage, meeting, nowSeconds);
    const kept = pedestrian.speedMps === 0 && metresToPath(vehicle, pedestrian) > 0;
    if (kept && comesSoon(plan, vehicle)) meeting.heldSeconds += STEP_SECONDS;
  }
  followConflict(vehicle, meeting, nowSeconds);
}

/** When each of the two was where their ways cross. */
function followConflict(vehicle: WatchedVehicle, meeting: Meeting, nowSeconds: number): void {
  const { pedestrian } = meeting;
  const inPath = Math.abs(pedestrian.v - vehicle.v) < halfPath(vehicle);
  if (inPath) meeting.pedestrianInAt ??= nowSeconds;
  else if (meeting.pedestrianInAt !== undefined) meeting.pedestrianOutAt ??= nowSeconds;
  const s = vehicle.lane.direction * pedestrian.u;
  if (vehicle.s >= s - BODY_METRES) meeting.vehicleInAt ??= nowSeconds;
  if (rearOf(vehicle) > s + BODY_METRES) meeting.vehicleOutAt ??= nowSeconds;
}

const SOON_SECONDS = 4;

const comesSoon = (plan: WatchedPlan, vehicle: WatchedVehicle): boolean =>
  -plan.halfDepthMetres - vehicle.s < vehicle.speedMps * SOON_SECONDS && vehicle.speedMps > STANDING_MPS;

function followZones(plan: WatchedPlan, passage: Passage, meeting: Meeting, nowSeconds: number): void {
  const { vehicle } = passage;
  for (const geometry of YIELD_GEOMETRIES) {
    if (!isOwed(geometry, plan, vehicle, meeting.pedestrian)) continue;
    if (passage.lineAt === undefined)
      meeting.owed[geometry] = {
        sinceSeconds: meeting.owed[geometry]?.sinceSeconds ?? nowSeconds,
        requiredDecelerationMps2: Math.min(
          meeting.owed[geometry]?.requiredDecelerationMps2 ?? Infinity,
          requiredDeceleration(plan, vehicle),
        ),
      };
    else meeting.inZone[geometry] = true;
  }
}

/** v² / 2(d − v · reaction), to the stop line. */
function requiredDeceleration(plan: WatchedPlan, { s, speedMps }: WatchedVehicle): number {
  if (speedMps < STANDING_MPS) return 0;
  const metres = -plan.halfDepthMetres - plan.stopGapMetres - s - speedMps * REACTION_SECONDS;
  return metres <= 0 ? Infinity : speedMps ** 2 / (2 * metres);
}
