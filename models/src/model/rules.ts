/** The rules a camera's encounter is scored for, in the order of the network's outputs. */
import type { RuleId } from '@wayside/contracts/law-profile';

export const SCORED_RULES = [
  'fail-to-yield',
  'stop-on-crosswalk',
  'overtake-at-crosswalk',
] as const satisfies readonly RuleId[];
export type ScoredRule = (typeof SCORED_RULES)[number];

export const byRule = <T>(of: (rule: ScoredRule) => T): Readonly<Record<ScoredRule, T>> => ({
  'fail-to-yield': of('fail-to-yield'),
  'stop-on-crosswalk': of('stop-on-crosswalk'),
  'overtake-at-crosswalk': of('overtake-at-crosswalk'),
});

export const isScored = (rule: RuleId): rule is ScoredRule => SCORED_RULES.some((scored) => scored === rule);
