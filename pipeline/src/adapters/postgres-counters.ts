import type { Queryable } from '../app/database.ts';

/** Adds to running totals, in the transaction of the rows they count. Locks the counter rows in order of name. */
export async function bumpCounters(tx: Queryable, by: Readonly<Record<string, number>>): Promise<void> {
  const changed = Object.entries(by).filter(([, value]) => value !== 0);
  if (changed.length === 0) return;
  await tx.query(
    `INSERT INTO counter AS c (name, value)
     SELECT name, value FROM unnest($1::text[], $2::bigint[]) AS t(name, value) ORDER BY name
     ON CONFLICT (name) DO UPDATE SET value = c.value + excluded.value`,
    [changed.map(([name]) => name), changed.map(([, value]) => value)],
  );
}
