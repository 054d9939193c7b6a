import type { Transfer } from '../../domain/ledger/transfer.ts';
import type { Queryable } from '../database.ts';
import { LedgerError } from './ledger-error.ts';
import { insertTransfers, lockBalances, sameTransfer, transfersById } from './transfers.ts';

export interface MadeMoves {
  readonly made: readonly Transfer[];
  /** The same moves stood already: a retry. */
  readonly existing: readonly Transfer[];
}

/**
 * Makes moves, each once for ever. Locks the balances of their accounts in order of account.
 * @throws LedgerError `conflict` where an id stands for another move; nothing of the transaction may then be kept.
 */
export async function makeMoves(
  tx: Queryable,
  transfers: readonly Transfer[],
  atMs: number,
): Promise<MadeMoves> {
  if (transfers.length === 0) return { made: [], existing: [] };
  await lockBalances(
    tx,
    transfers.map(({ account }) => account),
  );
  const ids = await insertTransfers(tx, transfers, atMs);
  const made = transfers.filter(({ id }) => ids.has(id));
  const existing = transfers.filter(({ id }) => !ids.has(id));
  await assertSame(tx, existing);
  return { made, existing };
}

async function assertSame(tx: Queryable, existing: readonly Transfer[]): Promise<void> {
  if (existing.length === 0) return;
  const ids = existing.map(({ id }) => id);
  const stored = new Map((await transfersById(tx, ids)).map((row) => [row.id, row]));
  for (const transfer of existing) {
    const standing = stored.get(transfer.id);
    if (standing === undefined || !sameTransfer(standing, transfer))
      throw new LedgerError(
        'conflict',
        `transfer ${transfer.id} (${transfer.cause}) stands for another move`,
      );
  }
}
