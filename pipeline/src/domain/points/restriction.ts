/**
 * No purchase of tickets, for so many days from the end of the objection window. A person decides it, about a case that
 * is final; whatever time the decision takes is not added at the end: in doubt for the passenger.
 */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { dayAt, startOf } from '../calendar/local-day.ts';

export interface FinalCase {
  readonly state: string;
  readonly track: 'road' | 'rail';
  /** When the objection window was over and no remedy left; null while there is one. */
  readonly finalAtMs: number | null;
}

export interface RestrictionTerm {
  readonly kind: 'term';
  readonly fromMs: number;
  /** The first moment at which tickets may be bought again. */
  readonly untilMs: number;
}

export interface NoRestriction {
  readonly kind: 'refused';
  readonly reason: 'no-such-rule' | 'not-a-rail-case' | 'not-final' | 'over-already';
}

export function restrictionTerm(
  { restriction }: Pick<PointsTrack, 'restriction'>,
  { state, track, finalAtMs }: FinalCase,
  decidedAtMs: number,
  timeZone: string,
): RestrictionTerm | NoRestriction {
  if (!restriction) return { kind: 'refused', reason: 'no-such-rule' };
  if (track !== 'rail') return { kind: 'refused', reason: 'not-a-rail-case' };
  if (state !== 'posted' || finalAtMs === null) return { kind: 'refused', reason: 'not-final' };
  const untilMs = startOf(dayAt(finalAtMs, timeZone) + restriction.days, timeZone);
  const fromMs = Math.max(finalAtMs, decidedAtMs);
  return fromMs < untilMs ? { kind: 'term', fromMs, untilMs } : { kind: 'refused', reason: 'over-already' };
}
