/** Everything that the points of one account depend on, in a few statements. */
import type { AccountTerms } from '../../domain/ledger/account-terms.ts';
import type { AccountHistory, Bonus, Credit, Entry, TakenBack } from '../../domain/points/history.ts';
import type { Queryable } from '../database.ts';

const epochMs = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

interface AccountRow extends AccountTerms {
  readonly openedAtMs: number;
  readonly firstIssuedOn: string | null;
}

/** @returns undefined where the account was never opened. */
export async function readHistory(tx: Queryable, account: string): Promise<AccountHistory | undefined> {
  const [row] = await tx.query<AccountRow>(
    `SELECT a.scheme, a.counts, a.initial, a.max_points AS "limit", ${epochMs('a.opened_at')} AS "openedAtMs",
       l.first_issued_on::text AS "firstIssuedOn"
     FROM account a LEFT JOIN licence l ON l.account = a.id WHERE a.id = $1`,
    [account],
  );
  if (!row) return undefined;
  const { openedAtMs, firstIssuedOn, ...terms } = row;
  return {
    account,
    terms,
    openedAtMs,
    firstIssuedOn,
    entries: await entriesOf(tx, account),
    openSinceMs: await openSinceOf(tx, account),
    credits: await creditsOf(tx, account),
    bonuses: await bonusesOf(tx, account),
  };
}

type EntryRow = Omit<Entry, 'taken'>;

/** A fine counts as paid by what an office told, or by the step with which its case was accepted. */
async function entriesOf(tx: Queryable, account: string): Promise<readonly Entry[]> {
  const rows = await tx.query<EntryRow>(
    `SELECT p.id, p.infraction_id AS "infractionId", p.points, ${epochMs('p.created_at')} AS "postedAtMs",
       ${epochMs('coalesce(i.occurred_at, p.created_at)')} AS "occurredAtMs", ${epochMs(
         `least(f.paid_at, (SELECT min(s.at) FROM case_file c JOIN case_transition s ON s.case_id = c.id
            WHERE c.infraction_id = p.infraction_id AND s.event = 'accept' AND s.reason = 'paid'))`,
       )} AS "paidAtMs"
     FROM transfer p LEFT JOIN infraction i ON i.id = p.infraction_id
       LEFT JOIN fine_payment f ON f.infraction_id = p.infraction_id
     WHERE p.account = $1 AND p.kind = 'post' ORDER BY p.created_at, p.id`,
    [account],
  );
  const taken = await tx.query<TakenBack & { readonly entryId: string }>(
    `SELECT entry_id AS "entryId", kind, points, cause, ${epochMs('coalesce(effective_at, created_at)')} AS "atMs"
     FROM transfer WHERE account = $1 AND entry_id IS NOT NULL ORDER BY created_at, id`,
    [account],
  );
  return rows.map((entry) => ({
    ...entry,
    taken: taken
      .filter(({ entryId }) => entryId === entry.id)
      .map(({ kind, points, cause, atMs }) => ({ kind, points, cause, atMs })),
  }));
}

/** Holds that are open, and those that are due and not placed yet. */
async function openSinceOf(tx: Queryable, account: string): Promise<readonly number[]> {
  const rows = await tx.query<{ readonly atMs: number }>(
    `SELECT ${epochMs('coalesce(i.occurred_at, o.at)')} AS "atMs" FROM (
       SELECT h.infraction_id, h.created_at AS at FROM transfer h
       WHERE h.account = $1 AND h.kind = 'hold' AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.hold_id = h.id)
       UNION ALL
       SELECT infraction_id, due_at FROM hold_due WHERE account = $1 AND placed_at IS NULL) AS o
     LEFT JOIN infraction i ON i.id = o.infraction_id`,
    [account],
  );
  return rows.map(({ atMs }) => atMs);
}

async function creditsOf(tx: Queryable, account: string): Promise<readonly Credit[]> {
  const rows = await tx.query<Omit<Credit, 'points'> & { readonly points: number | null }>(
    `SELECT id, course, points, ${epochMs('completed_at')} AS "completedAtMs"
     FROM education_credit WHERE account = $1 ORDER BY completed_at, id`,
    [account],
  );
  return rows.map((row) => ({ ...row, points: row.points ?? 'all' }));
}

const bonusesOf = (tx: Queryable, account: string): Promise<readonly Bonus[]> =>
  tx.query<Bonus>(
    `SELECT points, cause, ${epochMs('coalesce(effective_at, created_at)')} AS "atMs"
     FROM transfer WHERE account = $1 AND kind = 'award' AND cause <> 'opening:' || $1 ORDER BY created_at, id`,
    [account],
  );
