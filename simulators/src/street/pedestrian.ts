/**
 * crosser: wants to cross · runner: a child, runs and dares more · pusher: pushes a bicycle · waiter: stands at the kerb and
 * goes away again · turner: turns back half-way · passer: walks by on the pavement.
 */
export type Role = 'crosser' | 'runner' | 'pusher' | 'waiter' | 'turner' | 'passer';

/** arriving → waiting → crossing → leaving → gone; a passer is leaving from the start, a waiter leaves from waiting. */
export type Phase = 'arriving' | 'waiting' | 'crossing' | 'leaving' | 'gone';

/** One person. It changes with every step; only the street changes it. */
export interface Pedestrian {
  readonly id: number;
  readonly role: Role;
  readonly desiredMps: number;
  /** Time it wants to spare before the next vehicle, once across. */
  readonly marginSeconds: number;
  /** It steps on where a driver would have to brake no harder than this to stop; 0: never relies on it. */
  daringMps2: number;
  readonly patienceSeconds: number;
  /** Where a turner turns, as a share of the way across. */
  readonly turnsAt: number;
  u: number;
  v: number;
  /** Sense in which it crosses: +1 towards greater v. */
  direction: 1 | -1;
  phase: Phase;
  speedMps: number;
  /** Drift along the road for each metre across it. */
  slant: number;
  targetU: number;
  targetV: number;
  phaseSeconds: number;
  turned: boolean;
  /** The vehicle because of which it stands on the crosswalk. */
  waitsFor: number | undefined;
}

/** Half the breadth of a body. */
export const BODY_METRES = 0.3;

/** Whether somebody stands or walks between the kerbs. */
export const isCrossing = (pedestrian: Pick<Pedestrian, 'phase'>): boolean => pedestrian.phase === 'crossing';

/** Direction in which it moves, in the street's own frame. */
export function walkingAngle(pedestrian: Pedestrian): number {
  if (pedestrian.phase === 'crossing' || pedestrian.phase === 'waiting')
    return Math.atan2(pedestrian.direction, pedestrian.slant);
  return Math.atan2(pedestrian.targetV - pedestrian.v, pedestrian.targetU - pedestrian.u);
}
