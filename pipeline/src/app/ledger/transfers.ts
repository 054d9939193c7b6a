/** Rows of `transfer` and the balances that fold them. Callers lock the balances of all accounts they touch first. */
import type { Transfer } from '../../domain/ledger/transfer.ts';
import { balanceChange } from '../../domain/ledger/fold.ts';
import type { Queryable } from '../database.ts';
import { lookAgain } from './look-again.ts';

const COLUMNS = `id, kind, account, debit, credit, points, hold_id AS "holdId", infraction_id AS "infractionId",
  entry_id AS "entryId", cause, (extract(epoch FROM effective_at) * 1000)::bigint AS "effectiveAtMs"`;

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
  const firsts = firstOfEach(transfers);
  const ids = await insertRows(tx, firsts, atMs);
  const made = firsts.filter(({ id }) => ids.has(id));
  await addToBalances(tx, made);
  await lookAgain(
    tx,
    made.filter(({ kind }) => kind !== 'hold' && kind !== 'award').map(({ account }) => account),
    atMs,
  );
  return ids;
}

async function insertRows(
  tx: Queryable,
  transfers: readonly Transfer[],
  atMs: number,
): Promise<ReadonlySet<string>> {
  const rows = transfers.map(({ effectiveAtMs, ...row }) => ({
    ...row,
    effectiveAt: effectiveAtMs === null ? null : new Date(effectiveAtMs).toISOString(),
  }));
  const inserted = await tx.query<{ readonly id: string }>(
    `INSERT INTO transfer (id, kind, account, debit, credit, points, hold_id, infraction_id, entry_id, cause,
       effective_at, created_at)
     SELECT id, kind, account, debit, credit, points, "holdId", "infractionId", "entryId", cause,
       "effectiveAt", $2::timestamptz
     FROM json_to_recordset($1::json) AS r(id uuid, kind text, account text, debit text, credit text, points integer,
       "holdId" uuid, "infractionId" uuid, "entryId" uuid, cause text, "effectiveAt" timestamptz)
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows), new Date(atMs).toISOString()],
  );
  return new Set(inserted.map(({ id }) => id));
}

/** An id that stands twice in one group is inserted, and counts, as it stands first. */
export const firstOfEach = (transfers: readonly Transfer[]): readonly Transfer[] => [
  ...new Map(transfers.toReversed().map((transfer) => [transfer.id, transfer])).values(),
];

async function addToBalances(tx: Queryable, transfers: readonly Transfer[]): Promise<void> {
  const changes = new Map<string, { account: string; held: number; posted: number; bonus: number }>();
  for (const transfer of transfers) {
    const { held, posted, bonus } = balanceChange(transfer);
    const { account } = transfer;
    const sum = changes.get(account) ?? { account, held: 0, posted: 0, bonus: 0 };
    changes.set(account, {
      account,
      held: sum.held + held,
      posted: sum.posted + posted,
      bonus: sum.bonus + bonus,
    });
  }
  const rows = [...changes.values()].filter((sum) => sum.held !== 0 || sum.posted !== 0 || sum.bonus !== 0);
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE balance AS b SET held = b.held + r.held, posted = b.posted + r.posted, bonus = b.bonus + r.bonus
     FROM json_to_recordset($1::json) AS r(account text, held integer, posted integer, bonus integer)
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
  a.entryId === b.entryId &&
  a.cause === b.cause &&
  a.effectiveAtMs === b.effectiveAtMs;
