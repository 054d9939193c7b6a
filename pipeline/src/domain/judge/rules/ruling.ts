import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Finding, Measures, Outcome, Reason } from '@wayside/contracts/verdict';
import type { Scene } from '../scene.ts';

/** What a rule makes of what it was asked, with its reason in words. */
export interface Ruling {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly explanation: string;
}

export const infraction = (reason: Reason, explanation: string): Ruling => ({
  outcome: 'infraction',
  reason,
  explanation,
});
export const clear = (reason: Reason, explanation: string): Ruling => ({
  outcome: 'clear',
  reason,
  explanation,
});
export const undecided = (reason: Reason, explanation: string): Ruling => ({
  outcome: 'undecided',
  reason,
  explanation,
});

/** Those whose points are one number; red lights and speed have bands. */
export type RoadRule = keyof LawProfile['road']['rules'];

export function findingOf(
  rule: RoadRule,
  { outcome, reason, explanation }: Ruling,
  { profile }: Scene,
  about: { readonly pedestrianTracks: readonly string[]; readonly measures: Measures },
): Finding {
  return {
    rule,
    outcome,
    reason,
    explanation,
    pedestrianTracks: [...about.pedestrianTracks],
    measures: about.measures,
    points: outcome === 'infraction' ? profile.road.rules[rule].points : 0,
  };
}
