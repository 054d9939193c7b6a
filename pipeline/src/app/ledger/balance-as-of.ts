import type { Balance } from '../../domain/ledger/account-terms.ts';
import type { Queryable } from '../database.ts';

/**
 * How an account stood at a moment, folded from its transfers.
 * @param by written: as the books said then · law: as it was by law, which for some moves is earlier than when they were
 * written down.
 */
export async function balanceAsOf(
  db: Queryable,
  account: string,
  atMs: number,
  by: 'written' | 'law' = 'written',
): Promise<Balance> {
  const since = by === 'law' ? 'coalesce(effective_at, created_at)' : 'created_at';
  const [row] = await db.query<Balance>(
    `SELECT coalesce(sum(points * ((credit = $1 || '#held')::integer - (debit = $1 || '#held')::integer)), 0) AS held,
       coalesce(sum(points * ((credit = $1 || '#posted')::integer - (debit = $1 || '#posted')::integer)), 0) AS posted,
       coalesce(sum(points) FILTER (WHERE kind = 'award' AND cause NOT LIKE 'opening:%'), 0) AS bonus
     FROM transfer WHERE account = $1 AND ${since} <= $2::timestamptz`,
    [account, new Date(atMs).toISOString()],
  );
  return row ?? { held: 0, posted: 0, bonus: 0 };
}
