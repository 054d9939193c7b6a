/**
 * One immutable move of points. Double entry: `points` leave the debit pocket and enter the credit pocket, so the sum
 * over all pockets is zero at all times.
 *
 *   counting down   award: authority → available    hold: available → held      release: held → available
 *                   post:  held → posted            restore, expire, reverse: posted → available
 *   counting up     hold:  authority → held         release: held → authority
 *                   post:  held → posted            restore, expire, reverse: posted → authority
 *
 * An account that counts up is never awarded anything: its points come from the authority, and go back there. A posted
 * debit is an *entry*; what restores, expires or reverses points of it names it, and never takes back more than is left.
 */
import type { TRANSFER_KINDS } from '@wayside/contracts/http';
import { deriveId } from '@wayside/contracts/ids';
import type { AccountTerms } from './account-terms.ts';

export type TransferKind = (typeof TRANSFER_KINDS)[number];
export type Resolution = 'post' | 'release';
/** restore: earned back · expire: its time is over · reverse: it was a mistake. */
export type TakeBackKind = 'restore' | 'expire' | 'reverse';

export interface Transfer {
  readonly id: string;
  readonly kind: TransferKind;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly points: number;
  /** The hold that a post or release resolves; null for every other kind. */
  readonly holdId: string | null;
  readonly infractionId: string | null;
  /** The posted debit that a restore, expire or reverse takes points back from; null for every other kind. */
  readonly entryId: string | null;
  /** What made it happen, as `<kind of cause>:<id>`. */
  readonly cause: string;
  /** Since when it holds by law, epoch ms, where that is earlier than when it is written. */
  readonly effectiveAtMs: number | null;
}

export const pocket = (account: string, name: 'available' | 'held' | 'posted'): string =>
  `${account}#${name}`;
export const authority = (scheme: string): string => `${scheme}#authority`;

/** Where points come from when they are held, and go back to when they are let go. */
const source = (terms: Pick<AccountTerms, 'counts' | 'scheme'>, account: string): string =>
  terms.counts === 'down' ? pocket(account, 'available') : authority(terms.scheme);

export const holdIdOf = (infractionId: string): string => deriveId('hold', infractionId);

/** @returns the opening award, or undefined where the account starts with nothing. */
export function awardTransfer(account: string, terms: AccountTerms): Transfer | undefined {
  if (terms.counts === 'up' || terms.initial === 0) return undefined;
  return {
    id: deriveId('transfer', 'award', account, 'opening'),
    kind: 'award',
    account,
    debit: authority(terms.scheme),
    credit: pocket(account, 'available'),
    points: terms.initial,
    holdId: null,
    infractionId: null,
    entryId: null,
    cause: `opening:${account}`,
    effectiveAtMs: null,
  };
}

export interface HoldOrder {
  readonly holdId: string;
  readonly infractionId: string;
  readonly account: string;
  readonly points: number;
}

export const holdTransfer = (order: HoldOrder, terms: Pick<AccountTerms, 'counts' | 'scheme'>): Transfer => ({
  id: order.holdId,
  kind: 'hold',
  account: order.account,
  debit: source(terms, order.account),
  credit: pocket(order.account, 'held'),
  points: order.points,
  holdId: null,
  infractionId: order.infractionId,
  entryId: null,
  cause: `infraction:${order.infractionId}`,
  effectiveAtMs: null,
});

/** Takes back exactly what the hold took: released points return to where the hold found them. */
export const resolutionTransfer = (hold: Transfer, resolution: Resolution, cause: string): Transfer => ({
  id: deriveId('transfer', resolution, hold.id),
  kind: resolution,
  account: hold.account,
  debit: hold.credit,
  credit: resolution === 'post' ? pocket(hold.account, 'posted') : hold.debit,
  points: hold.points,
  holdId: hold.id,
  infractionId: hold.infractionId,
  entryId: null,
  cause,
  effectiveAtMs: null,
});

export interface TakeBack {
  readonly kind: TakeBackKind;
  /** At most what is left of the entry; the ledger refuses more. */
  readonly points: number;
  readonly cause: string;
  readonly effectiveAtMs: number | null;
}

/** @param entry the post that put the points there. One cause takes back from one entry once. */
export const takeBackTransfer = (
  entry: Pick<Transfer, 'id' | 'account' | 'infractionId'>,
  terms: Pick<AccountTerms, 'counts' | 'scheme'>,
  { kind, points, cause, effectiveAtMs }: TakeBack,
): Transfer => ({
  id: deriveId('transfer', kind, entry.id, cause),
  kind,
  account: entry.account,
  debit: pocket(entry.account, 'posted'),
  credit: source(terms, entry.account),
  points,
  holdId: null,
  infractionId: entry.infractionId,
  entryId: entry.id,
  cause,
  effectiveAtMs,
});

/** Points beyond the opening, for an account that counts down. */
export const bonusTransfer = (
  account: string,
  { scheme }: Pick<AccountTerms, 'scheme'>,
  { points, cause, effectiveAtMs }: Omit<TakeBack, 'kind'>,
): Transfer => ({
  id: deriveId('transfer', 'award', account, cause),
  kind: 'award',
  account,
  debit: authority(scheme),
  credit: pocket(account, 'available'),
  points,
  holdId: null,
  infractionId: null,
  entryId: null,
  cause,
  effectiveAtMs,
});

/** Of all awards the opening is no bonus: it is what the account begins with. */
export const isBonus = ({ kind, cause }: Pick<Transfer, 'kind' | 'cause'>): boolean =>
  kind === 'award' && !cause.startsWith('opening:');
