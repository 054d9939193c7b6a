/**
 * One immutable move of points. Double entry: `points` leave the debit pocket and enter the credit pocket, so the sum
 * over all pockets is zero at all times.
 *
 *   counting down   award: authority → available    hold: available → held      release: held → available
 *                   post:  held → posted            restore, reverse: posted → available
 *   counting up     hold:  authority → held         release: held → authority
 *                   post:  held → posted            expire, reverse: posted → authority
 *
 * An account that counts up is never awarded anything: its points come from the authority, and go back there.
 */
import { deriveId } from '@wayside/contracts/ids';
import type { AccountTerms } from './account-terms.ts';

export const TRANSFER_KINDS = ['award', 'hold', 'post', 'release', 'reverse', 'expire', 'restore'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];
export type Resolution = 'post' | 'release';

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
  /** What made it happen, as `<kind of cause>:<id>`. */
  readonly cause: string;
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
    cause: `opening:${account}`,
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
  cause: `infraction:${order.infractionId}`,
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
  cause,
});
