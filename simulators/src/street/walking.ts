/** One step of one person on foot. */
import { vehicleToWaitFor } from './gap-acceptance.ts';
import type { Lane } from './traffic.ts';
import { kerbOf, KERB_METRES } from './pedestrian-arrivals.ts';
import type { Pedestrian, Phase } from './pedestrian.ts';
import { STEP_SECONDS, type StreetPlan } from './plan.ts';
import { walkersMayGo } from './signal-programme.ts';

/** How often somebody at the kerb looks again. */
const LOOK_STEPS = 3;
/** What an impatient person relies on drivers to do. */
const IMPATIENT_DARING_MPS2 = 2.2;
/** Who relies on more than this goes lane by lane. */
const BOLD_MPS2 = 2.2;

export function walk(
  plan: StreetPlan,
  lanes: readonly Lane[],
  pedestrian: Pedestrian,
  nowSeconds: number,
): void {
  pedestrian.phaseSeconds += STEP_SECONDS;
  switch (pedestrian.phase) {
    case 'arriving':
      if (moveToTarget(pedestrian)) enter(pedestrian, 'waiting');
      return;
    case 'waiting':
      wait(plan, lanes, pedestrian, nowSeconds);
      return;
    case 'crossing':
      cross(plan, lanes, pedestrian);
      return;
    case 'leaving':
      if (moveToTarget(pedestrian)) enter(pedestrian, 'gone');
      return;
    case 'gone':
      return;
  }
}

function enter(pedestrian: Pedestrian, phase: Phase): void {
  pedestrian.phase = phase;
  pedestrian.phaseSeconds = 0;
}

/** @returns whether it has arrived. */
function moveToTarget(pedestrian: Pedestrian): boolean {
  const du = pedestrian.targetU - pedestrian.u;
  const dv = pedestrian.targetV - pedestrian.v;
  const metres = Math.hypot(du, dv);
  const stride = pedestrian.desiredMps * STEP_SECONDS;
  pedestrian.speedMps = pedestrian.desiredMps;
  if (metres <= stride) return true;
  pedestrian.u += (du / metres) * stride;
  pedestrian.v += (dv / metres) * stride;
  return false;
}

function wait(plan: StreetPlan, lanes: readonly Lane[], pedestrian: Pedestrian, nowSeconds: number): void {
  pedestrian.speedMps = 0;
  const waitedLong = pedestrian.phaseSeconds > pedestrian.patienceSeconds;
  if (pedestrian.role === 'waiter') {
    if (waitedLong) leave(plan, pedestrian, pedestrian.direction === 1 ? -1 : 1);
    return;
  }
  if (plan.signal && !walkersMayGo(plan.signal, nowSeconds)) return;
  if (Math.round(pedestrian.phaseSeconds / STEP_SECONDS) % LOOK_STEPS !== 0) return;
  if (waitedLong && pedestrian.daringMps2 < IMPATIENT_DARING_MPS2)
    pedestrian.daringMps2 = IMPATIENT_DARING_MPS2;
  const laneByLane = waitedLong || pedestrian.daringMps2 > BOLD_MPS2;
  if (wayIsFree(plan, lanes, pedestrian, laneByLane)) enter(pedestrian, 'crossing');
}

/** From the kerb to the next place of safety; who goes lane by lane looks at the first only. */
function wayIsFree(
  plan: StreetPlan,
  lanes: readonly Lane[],
  pedestrian: Pedestrian,
  firstOnly: boolean,
): boolean {
  const forward = pedestrian.direction === 1;
  const island = plan.islands[0];
  for (let n = 0; n < lanes.length; n++) {
    const lane = lanes[forward ? n : lanes.length - 1 - n] as Lane;
    if (island && (lane.centreV - (island.minV + island.maxV) / 2) * pedestrian.direction > 0) return true;
    if (vehicleToWaitFor(plan, lane, pedestrian, true)) return false;
    if (firstOnly) return true;
  }
  return true;
}

function cross(plan: StreetPlan, lanes: readonly Lane[], pedestrian: Pedestrian): void {
  const stride = pedestrian.desiredMps * STEP_SECONDS;
  const gate = nextGate(plan, lanes, pedestrian);
  const before = gate !== undefined && gate.metres <= stride ? gate.lane : undefined;
  const held = before && vehicleToWaitFor(plan, before, pedestrian, false);
  pedestrian.waitsFor = held?.id;
  pedestrian.speedMps = held ? 0 : pedestrian.desiredMps;
  if (held) return;
  pedestrian.v += pedestrian.direction * stride;
  pedestrian.u += pedestrian.slant * stride;
  if (pedestrian.role === 'turner' && !pedestrian.turned) turnBack(plan, pedestrian);
  const far = kerbOf(plan, pedestrian.direction === 1 ? -1 : 1);
  if ((pedestrian.v - far) * pedestrian.direction >= KERB_METRES)
    leave(plan, pedestrian, pedestrian.direction);
}

interface Gate {
  readonly lane: Lane;
  readonly metres: number;
}

/** Where the pedestrian waits for the next lane, if it must: at its edge, and before that as far back on an island as at a kerb. */
function nextGate(plan: StreetPlan, lanes: readonly Lane[], pedestrian: Pedestrian): Gate | undefined {
  const { direction, v } = pedestrian;
  const island = plan.islands[0];
  const refuge = island && (direction === 1 ? island.maxV : island.minV) - direction * KERB_METRES;
  let nearest: Gate | undefined;
  for (const lane of lanes) {
    const edge = lane.centreV - (direction * lane.widthMetres) / 2;
    const beyond = refuge !== undefined && (lane.centreV - refuge) * direction > 0;
    for (const place of beyond ? [refuge, edge] : [edge]) {
      const metres = (place - v) * direction;
      if (metres >= 0 && (nearest === undefined || metres < nearest.metres)) nearest = { lane, metres };
    }
  }
  return nearest;
}

function turnBack(plan: StreetPlan, pedestrian: Pedestrian): void {
  const near = kerbOf(plan, pedestrian.direction);
  const share = ((pedestrian.v - near) * pedestrian.direction) / (plan.road.maxV - plan.road.minV);
  if (share < pedestrian.turnsAt) return;
  pedestrian.turned = true;
  pedestrian.direction = pedestrian.direction === 1 ? -1 : 1;
  pedestrian.slant = -pedestrian.slant;
}

/** Off along the pavement, on the side that lies towards `side`. */
function leave(plan: StreetPlan, pedestrian: Pedestrian, side: 1 | -1): void {
  enter(pedestrian, 'leaving');
  pedestrian.targetU = pedestrian.u + (pedestrian.id % 2 === 0 ? 9 : -9);
  pedestrian.targetV = kerbOf(plan, side === 1 ? -1 : 1) + side * 1.8;
}
