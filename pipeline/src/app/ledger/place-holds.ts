/** Places a group of holds that are due, with one set of statements however many they are. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { accountTerms } from '../../domain/ledger/account-terms.ts';
import { holdTransfer, type HoldOrder, type Transfer } from '../../domain/ledger/transfer.ts';
import { bumpCounters } from '../counters/bump.ts';
import type { Queryable } from '../database.ts';
import { charged, type TrackOf } from './charges.ts';
import { missingAccounts, openAccounts, termsOf } from './open-accounts.ts';
import { LedgerError } from './ledger-error.ts';
import { firstOfEach, insertTransfers, sameTransfer, transfersById } from './transfers.ts';

export interface DueHold extends HoldOrder {
  readonly scheme: string;
  readonly detectedAtMs: number;
}

/** @returns the law profile of a scheme, or undefined where this house has none of that name. */
export type ProfileOf = (scheme: string) => LawProfile | undefined;

export interface PlacedHolds {
  /** Moves made now. */
  readonly placed: readonly DueHold[];
  /** Ids that stand for another move already; left waiting, for a person to look at. */
  readonly conflicts: readonly string[];
}

/**
 * Opens accounts that are missing, locks the balances in order of account, inserts the transfers, adds them to the
 * balances and marks the holds as placed. A hold that stands already is only marked, and so is one that takes nothing
 * because its occasion has cost its most.
 * @throws LedgerError `unknown-scheme`
 */
export async function placeHolds(
  tx: Queryable,
  due: readonly DueHold[],
  profileOf: ProfileOf,
  atMs: number,
  trackOf?: TrackOf,
): Promise<PlacedHolds> {
  if (due.length === 0) return { placed: [], conflicts: [] };
  await openMissing(tx, due, profileOf, atMs);
  const terms = await termsOf(
    tx,
    due.map(({ account }) => account),
  );
  const priced = await charged(tx, due, trackOf, atMs);
  const transfers = priced.map((hold) => holdTransfer(hold, known(terms.get(hold.account), hold.account)));
  const firsts = new Set(firstOfEach(transfers));
  const inserted = await insertTransfers(tx, transfers, atMs);
  const conflicts = await conflictsAmong(
    tx,
    transfers.filter((transfer) => !inserted.has(transfer.id) || !firsts.has(transfer)),
  );
  const settled = due.filter(({ holdId }) => !conflicts.includes(holdId)).map(({ holdId }) => holdId);
  await tx.query('UPDATE hold_due SET placed_at = $2::timestamptz WHERE hold_id = ANY($1::uuid[])', [
    settled,
    new Date(atMs).toISOString(),
  ]);
  await bumpCounters(tx, { 'holds.held': inserted.size, 'holds.none': due.length - priced.length });
  return { placed: priced.filter(({ holdId }) => inserted.has(holdId)), conflicts };
}

/**
 * Opens the accounts of holds that have none yet, under the profile their infraction was judged by. To be called before
 * any balance is locked: who waits here for an account that another opens must hold nothing that the other may want.
 */
export async function openMissing(
  tx: Queryable,
  due: readonly DueHold[],
  profileOf: ProfileOf,
  atMs: number,
): Promise<void> {
  const missing = new Set(
    await missingAccounts(
      tx,
      due.map(({ account }) => account),
    ),
  );
  const opening = due.filter(({ account }) => missing.has(account));
  if (opening.length === 0) return;
  await openAccounts(
    tx,
    opening.map(({ account, scheme }) => ({
      id: account,
      terms: accountTerms(known(profileOf(scheme), scheme), account),
    })),
    atMs,
  );
}

async function conflictsAmong(tx: Queryable, existing: readonly Transfer[]): Promise<readonly string[]> {
  if (existing.length === 0) return [];
  const stored = new Map(
    (
      await transfersById(
        tx,
        existing.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  return existing
    .filter((transfer) => {
      const same = stored.get(transfer.id);
      return same === undefined || !sameTransfer(same, transfer);
    })
    .map(({ id }) => id);
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined)
    throw new LedgerError('unknown-scheme', `nothing is known of how "${name}" counts`);
  return value;
}
