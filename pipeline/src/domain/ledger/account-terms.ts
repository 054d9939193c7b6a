/** How an account counts: taken from the law profile once, when the account is opened. */
import type { LawProfile } from '@wayside/contracts/law-profile';

export interface AccountTerms {
  /** Law profile whose scheme the account counts under. */
  readonly scheme: string;
  /** down: points are awarded and lost · up: points are put on. */
  readonly counts: 'down' | 'up';
  readonly initial: number;
  /** The balance at which the licence (the right to book) is withheld: 0 counting down, the maximum counting up. */
  readonly limit: number;
}

/** Road and rail accounts count each in their own way (promise 9): the id says which it is. */
export function accountTerms(profile: LawProfile, account: string): AccountTerms {
  const terms = account.startsWith('rail:') ? profile.rail.account : profile.road.account;
  return { scheme: profile.id, counts: terms.counts, initial: terms.initial, limit: terms.limit };
}

export interface HeldAndPosted {
  readonly held: number;
  readonly posted: number;
}

/** What the ledger keeps of one account. `bonus`: awarded beyond the opening, for clean years. */
export interface Balance extends HeldAndPosted {
  readonly bonus: number;
}

/** Points that must stand for the limit to be reached. */
export const pointsToLimit = ({ initial, limit }: Pick<AccountTerms, 'initial' | 'limit'>): number =>
  Math.abs(limit - initial);

/**
 * What remains (counting down, never shown below 0) or stands (counting up) if every hold is posted. The ledger itself
 * holds all that is due, also beyond the limit: docs/decisions, "Holds beyond the limit".
 */
export function availablePoints(
  terms: Pick<AccountTerms, 'counts' | 'initial'>,
  sum: HeldAndPosted & Partial<Balance>,
): number {
  const taken = sum.held + sum.posted;
  const given = terms.initial + (sum.bonus ?? 0);
  return terms.counts === 'down' ? Math.max(0, given - taken) : terms.initial + taken;
}
