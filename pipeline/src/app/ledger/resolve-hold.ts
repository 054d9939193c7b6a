import { resolutionTransfer, type Resolution, type Transfer } from '../../domain/ledger/transfer.ts';
import type { Queryable } from '../database.ts';
import { insertTransfers, lockBalances, resolutionOf, sameTransfer, transfersById } from './transfers.ts';

export type ResolvedHold =
  | { readonly kind: 'resolved'; readonly transfer: Transfer }
  /** The same resolution for the same cause stands already: a retry. */
  | { readonly kind: 'exists'; readonly transfer: Transfer }
  /** It was resolved otherwise; that stands, and nothing was done. */
  | { readonly kind: 'already-resolved'; readonly transfer: Transfer }
  | { readonly kind: 'unknown-hold' };

/** Posts or releases one hold, at most once for ever. Locks the balance of its account. */
export async function resolveHold(
  tx: Queryable,
  holdId: string,
  resolution: Resolution,
  cause: string,
  atMs: number,
): Promise<ResolvedHold> {
  const [hold] = await transfersById(tx, [holdId]);
  if (hold?.kind !== 'hold') return { kind: 'unknown-hold' };
  await lockBalances(tx, [hold.account]);
  const transfer = resolutionTransfer(hold, resolution, cause);
  const inserted = await insertTransfers(tx, [transfer], atMs);
  if (inserted.has(transfer.id)) return { kind: 'resolved', transfer };
  const standing = await resolutionOf(tx, holdId);
  if (standing === undefined) throw new Error(`hold ${holdId} was neither resolved before nor now`);
  const kind = sameTransfer(standing, transfer) ? 'exists' : 'already-resolved';
  return { kind, transfer: standing };
}
