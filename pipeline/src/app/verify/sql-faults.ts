import type { Queryable } from '../database.ts';
import type { Check } from './check.ts';

export interface FaultQuery {
  readonly name: string;
  /** What to say where nothing was wrong. */
  readonly sound: string;
  /** Selects one row a fault, its text in the column `fault`. */
  readonly sql: string;
}

/** Counts the rows of a query for faults and names the first few, however many there are. */
export async function faultCheck(database: Queryable, { name, sound, sql }: FaultQuery): Promise<Check> {
  const [row] = await database.query<{ readonly found: number; readonly named: readonly string[] | null }>(
    `WITH faults AS MATERIALIZED (${sql})
     SELECT (SELECT count(*) FROM faults) AS found,
            (SELECT array_agg(fault) FROM (SELECT fault FROM faults ORDER BY fault LIMIT 5) AS first) AS named`,
  );
  const found = row?.found ?? 0;
  const named = row?.named ?? [];
  const detail =
    found > named.length ? `${named.join('; ')}; and ${found - named.length} more` : named.join('; ');
  return { name, ok: found === 0, expected: 0, found, detail: found === 0 ? sound : detail };
}
