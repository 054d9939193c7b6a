/** The fold of transfers: what every balance must equal. */
import { isBonus, pocket, type Transfer } from './transfer.ts';
import type { HeldAndPosted } from './account-terms.ts';

type Move = Pick<Transfer, 'debit' | 'credit' | 'points'>;

/** @returns points by pocket, the authority's included; they sum to zero. */
export function foldPockets(transfers: Iterable<Move>): ReadonlyMap<string, number> {
  const pockets = new Map<string, number>();
  for (const { debit, credit, points } of transfers) {
    pockets.set(debit, (pockets.get(debit) ?? 0) - points);
    pockets.set(credit, (pockets.get(credit) ?? 0) + points);
  }
  return pockets;
}

export const heldAndPosted = (pockets: ReadonlyMap<string, number>, account: string): HeldAndPosted => ({
  held: pockets.get(pocket(account, 'held')) ?? 0,
  posted: pockets.get(pocket(account, 'posted')) ?? 0,
});

/** What one transfer adds to the columns that `balance` keeps of its account. */
export function balanceChange(
  transfer: Move & Pick<Transfer, 'account' | 'kind' | 'cause'>,
): HeldAndPosted & { readonly bonus: number } {
  const { account, debit, credit, points } = transfer;
  const change = (name: 'held' | 'posted'): number =>
    (credit === pocket(account, name) ? points : 0) - (debit === pocket(account, name) ? points : 0);
  return { held: change('held'), posted: change('posted'), bonus: isBonus(transfer) ? points : 0 };
}
