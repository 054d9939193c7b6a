/** One account with its points and its newest moves. Nothing here lists accounts: who asks must know the id. Reads only. */
import { TRANSFER_KINDS, type AccountView, type LedgerEntry } from '@wayside/contracts/http';
import { availablePoints } from '../../domain/ledger/account-terms.ts';
import type { Queryable } from '../database.ts';

const MAX_ENTRIES = 500;

interface AccountRow {
  readonly id: string;
  readonly scheme: string;
  readonly counts: 'down' | 'up';
  readonly initial: number;
  readonly max_points: number;
  readonly held: number;
  readonly posted: number;
  readonly bonus: number;
}

interface TransferRow {
  readonly id: string;
  readonly kind: LedgerEntry['kind'];
  readonly points: number;
  readonly infraction_id: string | null;
  readonly hold_id: string | null;
  readonly created_at: Date;
}

export async function findAccount(db: Queryable, id: string): Promise<AccountView | undefined> {
  const [account] = await db.query<AccountRow>(
    `SELECT a.id, a.scheme, a.counts, a.initial, a.max_points, coalesce(b.held, 0) AS held, coalesce(b.posted, 0) AS posted,
       coalesce(b.bonus, 0) AS bonus
     FROM account a LEFT JOIN balance b ON b.account = a.id WHERE a.id = $1`,
    [id],
  );
  return account && toView(account, await newestTransfers(db, id));
}

/** Many moves are made at one moment, the opening points and the first hold among them; then their kinds order them. */
const newestTransfers = (db: Queryable, account: string): Promise<readonly TransferRow[]> =>
  db.query<TransferRow>(
    `SELECT id, kind, points, infraction_id, hold_id, created_at
     FROM transfer WHERE account = $1 ORDER BY created_at DESC, array_position($3::text[], kind) DESC, id LIMIT $2`,
    [account, MAX_ENTRIES, TRANSFER_KINDS],
  );

const toView = (account: AccountRow, transfers: readonly TransferRow[]): AccountView => ({
  id: account.id,
  scheme: account.scheme,
  counts: account.counts,
  initial: account.initial,
  limit: account.max_points,
  held: account.held,
  posted: account.posted,
  available: availablePoints(account, account),
  entries: transfers.map((row) => ({
    id: row.id,
    kind: row.kind,
    points: row.points,
    infraction: row.infraction_id,
    of: row.hold_id,
    at: row.created_at.toISOString(),
  })),
});
