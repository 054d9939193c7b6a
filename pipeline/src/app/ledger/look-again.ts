import type { Queryable } from '../database.ts';

/** Something has changed that points may depend on: the scheduler of points looks at these accounts at its next round. */
export async function lookAgain(tx: Queryable, accounts: readonly string[], atMs: number): Promise<void> {
  const ids = [...new Set(accounts)].sort();
  if (ids.length === 0) return;
  await tx.query(
    `INSERT INTO points_clock AS c (account, due_at) SELECT id, $2::timestamptz FROM unnest($1::text[]) AS id ORDER BY id
     ON CONFLICT (account) DO UPDATE SET due_at = least(c.due_at, EXCLUDED.due_at)`,
    [ids, new Date(atMs).toISOString()],
  );
}
