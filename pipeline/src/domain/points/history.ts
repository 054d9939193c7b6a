/** What points depend on: an account's entries and what was taken back of them, its open holds, courses, clean years. */
import type { AccountTerms } from '../ledger/account-terms.ts';
import type { TakeBackKind } from '../ledger/transfer.ts';

export interface TakenBack {
  readonly kind: TakeBackKind;
  readonly points: number;
  /** Since when it holds by law. */
  readonly atMs: number;
  readonly cause: string;
}

/** A posted debit. */
export interface Entry {
  /** The transfer that posted it. */
  readonly id: string;
  readonly infractionId: string | null;
  readonly points: number;
  readonly occurredAtMs: number;
  readonly postedAtMs: number;
  /** Of its fine; null while it is unpaid, as far as is known. */
  readonly paidAtMs: number | null;
  readonly taken: readonly TakenBack[];
}

export interface Credit {
  readonly id: string;
  readonly course: string;
  /** As granted within the cap. */
  readonly points: number | 'all';
  readonly completedAtMs: number;
}

export interface Bonus {
  readonly points: number;
  readonly atMs: number;
  readonly cause: string;
}

export interface AccountHistory {
  readonly account: string;
  readonly terms: AccountTerms;
  readonly openedAtMs: number;
  /** Of the licence, ISO date; null where nobody has told. */
  readonly firstIssuedOn: string | null;
  /** In the order they were posted. */
  readonly entries: readonly Entry[];
  /** When the infractions occurred whose holds are open or still due. */
  readonly openSinceMs: readonly number[];
  readonly credits: readonly Credit[];
  readonly bonuses: readonly Bonus[];
}

const sum = (values: readonly { readonly points: number }[]): number =>
  values.reduce((total, { points }) => total + points, 0);

/** What stands of an entry once all that was ever written is counted. */
export const left = ({ points, taken }: Entry): number => points - sum(taken);

/** What stood of an entry just before a moment. */
export const leftBefore = ({ points, taken }: Entry, atMs: number): number =>
  points - sum(taken.filter((one) => one.atMs < atMs));

/** What was a mistake never was: it counts in no cycle and breaks no clean year, whenever it was found out. */
export const isReversed = (entry: Entry): boolean =>
  entry.taken.some(({ kind }) => kind === 'reverse') && left(entry) === 0;

export interface StandingEntry {
  readonly entry: Entry;
  /** What stood of it then. */
  readonly stood: number;
  /** What of that can still be taken: something later may have been written already. */
  readonly free: number;
}

/** Entries of which something stood just before a moment, in the order they were posted. */
export const standingBefore = (entries: readonly Entry[], atMs: number): readonly StandingEntry[] =>
  entries
    .filter((entry) => entry.postedAtMs < atMs && !isReversed(entry))
    .map((entry) => ({ entry, stood: leftBefore(entry, atMs) }))
    .filter(({ stood }) => stood > 0)
    .map(({ entry, stood }) => ({ entry, stood, free: Math.min(stood, left(entry)) }));

/** Posted points at a moment, all that holds by then counted. */
export const postedAt = (entries: readonly Entry[], atMs: number): number =>
  entries
    .filter((entry) => entry.postedAtMs <= atMs)
    .reduce((total, entry) => total + leftBefore(entry, atMs + 1), 0);

export const bonusAt = (bonuses: readonly Bonus[], atMs: number): number =>
  sum(bonuses.filter((bonus) => bonus.atMs <= atMs));
