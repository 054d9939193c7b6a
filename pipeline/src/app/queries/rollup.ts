/** Verdicts per site, minute and outcome. For pages only: nothing is ever decided from an aggregate. Reads only. */
import type { Rollup } from '@wayside/contracts/http';
import type { Outcome } from '@wayside/contracts/verdict';
import type { Queryable } from '../database.ts';
import { microsText } from './instant.ts';

/** Eight hours of twenty busy sites; a page that wants more asks for one site or fewer minutes. */
export const MAX_ROLLUP_ROWS = 20_000;

interface MinuteRow {
  readonly site: string;
  readonly minute: Date;
  readonly outcome: Outcome;
  readonly verdicts: number;
}

export type FoundRollup =
  { readonly kind: 'rollup'; readonly rollup: Rollup } | { readonly kind: 'too-many' };

/**
 * The `minutes` whole minutes that end with the one before or around `toMicros`, oldest first. Verdicts that found nothing
 * and are forgotten stand at the beginning of their hour.
 */
export async function readRollup(
  db: Queryable,
  of: { readonly site: string | undefined; readonly minutes: number; readonly toMicros: number },
): Promise<FoundRollup> {
  const rows = await db.query<MinuteRow>(
    `SELECT site, minute, outcome, sum(verdicts)::bigint AS verdicts FROM (
       SELECT site, minute, outcome, verdicts FROM verdict_minute
       UNION ALL SELECT site, hour, outcome, verdicts FROM verdict_hour) AS counts
     WHERE minute > $1::timestamptz - $2::integer * interval '1 minute' AND minute <= $1::timestamptz
       AND ($3::text IS NULL OR site = $3)
     GROUP BY 1, 2, 3 ORDER BY minute, site, outcome LIMIT $4`,
    [microsText(of.toMicros), of.minutes, of.site ?? null, MAX_ROLLUP_ROWS + 1],
  );
  return rows.length > MAX_ROLLUP_ROWS ? { kind: 'too-many' } : { kind: 'rollup', rollup: toRollup(rows) };
}

const toRollup = (rows: readonly MinuteRow[]): Rollup => ({
  items: rows.map((row) => ({
    site: row.site,
    minute: row.minute.toISOString(),
    outcome: row.outcome,
    count: row.verdicts,
  })),
});
