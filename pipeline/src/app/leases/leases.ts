/** Who works at what, in Postgres. All times are the database's. */
import type { Database, Queryable } from '../database.ts';

export interface LeaseRound {
  /** Held before, and somebody else's now. */
  readonly lost: readonly string[];
  readonly taken: readonly string[];
  /** How many more this holder has than its share; give them back. */
  readonly excess: number;
}

export interface LeaseQuestion {
  readonly kind: string;
  readonly names: readonly string[];
  readonly holder: string;
  readonly held: readonly string[];
  readonly ttlMs: number;
}

/**
 * One round: says that this holder is there, renews what it holds, and takes what is free up to its share, which is
 * the same for all holders that are there. Locks: the holder's own row, then leases by name.
 */
export const leaseRound = (database: Database, question: LeaseQuestion): Promise<LeaseRound> =>
  database.transaction(async (tx) => {
    const { names, held } = question;
    const share = Math.ceil(names.length / (await countMembers(tx, question)));
    const renewed = new Set(held.length === 0 ? [] : await renew(tx, question));
    const wanted = Math.max(0, share - renewed.size);
    return {
      lost: held.filter((name) => !renewed.has(name)),
      taken: wanted === 0 ? [] : await takeFree(tx, question, wanted),
      excess: Math.max(0, renewed.size - share),
    };
  });

export const giveBack = (database: Queryable, holder: string, names: readonly string[]): Promise<unknown> =>
  database.query('DELETE FROM lease WHERE holder = $1 AND name = ANY($2::text[])', [holder, names]);

export async function resign(database: Queryable, kind: string, holder: string): Promise<void> {
  await database.query('DELETE FROM lease_member WHERE kind = $1 AND holder = $2', [kind, holder]);
}

async function countMembers(tx: Queryable, { kind, holder, ttlMs }: LeaseQuestion): Promise<number> {
  await tx.query(
    `INSERT INTO lease_member (kind, holder, expires_at) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
     ON CONFLICT (kind, holder) DO UPDATE SET expires_at = excluded.expires_at`,
    [kind, holder, ttlMs],
  );
  await tx.query(
    `DELETE FROM lease_member WHERE (kind, holder) IN (
       SELECT kind, holder FROM lease_member WHERE expires_at < now() - interval '1 minute' FOR UPDATE SKIP LOCKED)`,
  );
  const [row] = await tx.query<{ readonly members: number }>(
    'SELECT count(*) AS members FROM lease_member WHERE kind = $1 AND expires_at >= now()',
    [kind],
  );
  return Math.max(1, row?.members ?? 1);
}

async function renew(tx: Queryable, { held, holder, ttlMs }: LeaseQuestion): Promise<readonly string[]> {
  const rows = await tx.query<{ readonly name: string }>(
    `UPDATE lease SET expires_at = now() + $3 * interval '1 millisecond' WHERE name IN (
       SELECT name FROM lease WHERE holder = $1 AND name = ANY($2::text[]) ORDER BY name FOR UPDATE) RETURNING name`,
    [holder, held, ttlMs],
  );
  return rows.map(({ name }) => name);
}

/** What has no lease, or one that has run out. Who holds a row locked is about to have it. */
async function takeFree(
  tx: Queryable,
  { names, held, holder, ttlMs }: LeaseQuestion,
  count: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ readonly name: string }>(
    `INSERT INTO lease AS l (name, holder, expires_at)
     SELECT name, $2, now() + $3 * interval '1 millisecond' FROM (
       SELECT name FROM unnest($1::text[]) AS n(name)
       WHERE NOT EXISTS (SELECT 1 FROM lease o WHERE o.name = n.name AND o.expires_at >= now()) LIMIT $4) AS free
     ORDER BY name
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
       WHERE l.expires_at < now()
     RETURNING name`,
    [names.filter((name) => !held.includes(name)), holder, ttlMs, count],
  );
  return rows.map(({ name }) => name);
}
