/** Rows of `transfer` and the balances that fold them. Callers lock the balances of all accounts they touch first. */
import type { Transfer } from '../../domain/ledger/transfer.ts';
import { balanceChange } from '../../domain/ledger/fold.ts';
import type { Queryable } from '../database.ts';

const COLUMNS = `id, kind, account, debit, credit, points, hold_id AS "holdId", infraction_id AS "infractionId", cause`;

/** Locks in order of account, so that two groups of moves never wait for each other. */
export async function lockBalances(tx: Queryable, accounts: readonly string[]): Promise<void> {
  await tx.query('SELECT account FROM balance WHERE account = ANY($1::text[]) ORDER BY account FOR UPDATE', [
    [...new Set(accounts)],
  ]);
}

export async function transfersById(tx: Queryable, ids: readonly string[]): Promise<readonly Transfer[]> {
  return tx.query<Transfer>(`SELECT ${COLUMNS} FROM transfer WHERE id = ANY($1::uuid[])`, [ids]);
}

export async function resolutionOf(tx: Queryable, holdId: string): Promise<Transfer | undefined> {
  const [row] = await tx.query<Transfer>(`SELECT ${COLUMNS} FROM transfer WHERE hold_id = $1`, [holdId]);
  return row;
}

/** Inserts what is new, an id once, and adds it to the balances. @returns the ids that were not there before. */
export async function insertTransfers(
  tx: Queryable,
  transfers: readonly Transfer[],
  atMs: number,
): Promise<ReadonlySet<string>> {
  if (transfers.length === 0) return new Set();
  const inserted = await tx.query<{ readonly id: string }>(
    `INSERT INTO transfer (id, kind, account, debit, credit, points, hold_id, infraction_id, cause, created_at)
     SELECT id, kind, account, debit, credit, points, "holdId", "infractionId", cause, $2::timestamptz
     FROM json_to_recordset($1::json) AS r(id uuid, kind text, account text, debit text, credit text, points integer,
       "holdId" uuid, "infractionId" uuid, cause text)
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(firstOfEach(transfers)), new Date(atMs).toISOString()],
  );
  const ids = new Set(inserted.map(({ id }) => id));
  await addToBalances(
    tx,
    firstOfEach(transfers).filter(({ id }) => ids.has(id)),
  );
  return ids;
}

/** An id that stands twice in one group is inserted, and counts, as it stands first. */
export const firstOfEach = (transfers: readonly Transfer[]): readonly Transfer[] => [
  ...new Map(transfers.toReversed().map((transfer) => [transfer.id, transfer])).values(),
];

async function addToBalances(tx: Queryable, transfers: readonly Transfer[]): Promise<void> {
  const changes = new Map<string, { account: string; held: number; posted: number }>();
  for (const transfer of transfers) {
    const { held, posted } = balanceChange(transfer);
    const sum = changes.get(transfer.account) ?? { account: transfer.account, held: 0, posted: 0 };
    changes.set(transfer.account, { ...sum, held: sum.held + held, posted: sum.posted + posted });
  }
  const rows = [...changes.values()].filter(({ held, posted }) => held !== 0 || posted !== 0);
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE balance AS b SET held = b.held + r.held, posted = b.posted + r.posted
     FROM json_to_recordset($1::json) AS r(account text, held integer, posted integer)
     WHERE b.account = r.account`,
    [JSON.stringify(rows)],
  );
}

/** Whether two moves are the same move; a retry hands in the same one. */
export const sameTransfer = (a: Transfer, b: Transfer): boolean =>
  a.id === b.id &&
  a.kind === b.kind &&
  a.account === b.account &&
  a.debit === b.debit &&
  a.credit === b.credit &&
  a.points === b.points &&
  a.holdId === b.holdId &&
  a.infractionId === b.infractionId &&
  a.cause === b.cause;
