/** Who works at what, in Postgres. All times are the database's. */
import type { Queryable } from '../database.ts';

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
 * the same for all holders that are there. One statement, because a busy process is slow at every word it hears.
 */
export async function leaseRound(
  database: Queryable,
  { kind, names, holder, held, ttlMs }: LeaseQuestion,
): Promise<LeaseRound> {
  const [row] = await database.query<{
    readonly share: number;
    readonly renewed: readonly string[];
    readonly taken: readonly string[];
  }>(ROUND, [kind, holder, ttlMs, names, held]);
  const renewed = new Set(row?.renewed);
  return {
    lost: held.filter((name) => !renewed.has(name)),
    taken: row?.taken ?? [],
    excess: Math.max(0, renewed.size - (row?.share ?? names.length)),
  };
}

/** Who is long gone is forgotten; this holder counts itself, for a statement does not see its own rows. */
const ROUND = `
WITH forgotten AS (
  DELETE FROM lease_member WHERE expires_at < now() - interval '1 minute'
), present AS (
  INSERT INTO lease_member (kind, holder, expires_at) VALUES ($1, $2, now() + $3 * interval '1 millisecond')
  ON CONFLICT (kind, holder) DO UPDATE SET expires_at = excluded.expires_at
), share AS (
  SELECT ceil(cardinality($4::text[])::float8 / (1 + count(*)))::integer AS share
  FROM lease_member WHERE kind = $1 AND holder <> $2 AND expires_at >= now()
), renewed AS (
  UPDATE lease SET expires_at = now() + $3 * interval '1 millisecond'
  WHERE holder = $2 AND name = ANY($5::text[]) RETURNING name
), taken AS (
  INSERT INTO lease AS l (name, holder, expires_at)
  SELECT name, $2, now() + $3 * interval '1 millisecond' FROM (
    SELECT name FROM unnest($4::text[]) AS n(name)
    WHERE name <> ALL($5::text[])
      AND NOT EXISTS (SELECT 1 FROM lease o WHERE o.name = n.name AND o.expires_at >= now())
    ORDER BY name LIMIT greatest(0, (SELECT share FROM share) - (SELECT count(*) FROM renewed))) AS free
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE l.expires_at < now()
  RETURNING name
)
SELECT (SELECT share FROM share) AS share, ARRAY(SELECT name FROM renewed) AS renewed, ARRAY(SELECT name FROM taken) AS taken`;

export const giveBack = (database: Queryable, holder: string, names: readonly string[]): Promise<unknown> =>
  database.query('DELETE FROM lease WHERE holder = $1 AND name = ANY($2::text[])', [holder, names]);

export async function resign(database: Queryable, kind: string, holder: string): Promise<void> {
  await database.query('DELETE FROM lease_member WHERE kind = $1 AND holder = $2', [kind, holder]);
}
