/**
 * Which points go up by law, from the account's opening to a moment. All of it is gone through each time, so that a fact
 * told late (a fine that was paid in time after all) has its effect where it belongs; what is written already is not
 * moved again, and nothing that was given is ever taken away.
 */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { cleanRule } from './clean.ts';
import { cycleRule } from './cycle.ts';
import { educationRule } from './education.ts';
import { expiryRule } from './expiry.ts';
import type { AccountHistory } from './history.ts';
import { earliest, withMoves, type PointsMove, type PointsRule, type RulesOf } from './rule.ts';

export interface PointsPlan {
  readonly moves: readonly PointsMove[];
  /** When to look again, if nothing else happens; null where time alone changes nothing. */
  readonly nextMs: number | null;
}

/** Moments in one account's life; more is a rule that does not come to rest. */
const MAX_MOMENTS = 10_000;

export function duePoints(
  history: AccountHistory,
  track: PointsTrack,
  timeZone: string,
  nowMs: number,
): PointsPlan {
  const rules = rulesOf(track, timeZone);
  const moves: PointsMove[] = [];
  let book = history;
  let atMs = history.openedAtMs - 1;
  for (let moment = 0; moment < MAX_MOMENTS; moment++) {
    const nextMs = nextOf(rules, book, atMs);
    if (nextMs === undefined || nextMs > nowMs) return { moves, nextMs: nextMs ?? null };
    atMs = nextMs;
    for (const rule of rules) {
      const due = rule.movesAt(book, atMs);
      moves.push(...due);
      book = withMoves(book, due);
    }
  }
  throw new Error(`the points of ${history.account} do not come to rest`);
}

/** What expires is gone before a cycle clears the rest; clean years find what is left. */
const rulesOf: RulesOf = (track, timeZone) => [
  ...(track.expiry ? [expiryRule(track.expiry, timeZone)] : []),
  ...(track.education ? [educationRule] : []),
  ...(track.cycle ? [cycleRule(track.cycle, timeZone)] : []),
  ...(track.clean ?? []).map((period) => cleanRule(period, timeZone)),
];

const nextOf = (rules: readonly PointsRule[], book: AccountHistory, afterMs: number): number | undefined =>
  earliest(rules.map((rule) => rule.next(book, afterMs)));
