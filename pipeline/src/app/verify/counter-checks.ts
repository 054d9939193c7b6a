/** Counts the rows again that the running totals say were written. */
import type { Queryable } from '../database.ts';
import { equalCheck, type Check } from './check.ts';

/** What is left of verdicts that found nothing is how many they were. */
function forgotten(outcome?: 'clear' | 'undecided'): string {
  const where = outcome === undefined ? '' : ` WHERE outcome = '${outcome}'`;
  return `(SELECT coalesce(sum(verdicts), 0)::bigint FROM verdict_hour${where})`;
}

/** Counter → the count it must equal. */
const RECOUNTS: Readonly<Record<string, string>> = {
  // where the log stands outside of Postgres, by the identities that were answered for
  'intake.stored': `SELECT CASE WHEN coalesce(bool_or(external), false)
    THEN (SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM log_identity CROSS JOIN unnest(seen) AS r)
    ELSE coalesce(sum(next_offset - 1), 0) END::bigint FROM log_partition`,
  'judge.copies': 'SELECT count(*) FROM log_copy',
  'intake.deadLettered': 'SELECT count(*) FROM dead_letter',
  'judge.judged': 'SELECT coalesce(sum(committed_offset), 0)::bigint FROM judge_cursor',
  'record.verdicts': `SELECT (SELECT count(*) FROM verdict) + ${forgotten()}`,
  'record.infraction': `SELECT count(*) FROM verdict WHERE outcome = 'infraction'`,
  'record.clear': `SELECT (SELECT count(*) FROM verdict WHERE outcome = 'clear') + ${forgotten('clear')}`,
  'record.undecided': `SELECT (SELECT count(*) FROM verdict WHERE outcome = 'undecided') + ${forgotten('undecided')}`,
  'holds.infractions': 'SELECT count(*) FROM infraction',
  'holds.unidentified': 'SELECT count(*) FROM infraction WHERE points > 0 AND account IS NULL',
  'holds.none': `SELECT (SELECT count(*) FROM infraction WHERE points = 0) +
    (SELECT count(*) FROM charge c JOIN hold_due d ON d.hold_id = c.hold_id WHERE c.charged = 0 AND d.placed_at IS NOT NULL)`,
  'holds.held': `SELECT count(*) FROM transfer WHERE kind = 'hold' AND cause NOT LIKE 'case:%'`,
};

export async function counterChecks(database: Queryable): Promise<readonly Check[]> {
  const columns = Object.entries(RECOUNTS).map(
    ([name, sql]) =>
      `(${sql}) AS "expected:${name}", (SELECT value FROM counter WHERE name = '${name}') AS "found:${name}"`,
  );
  const [row = {}] = await database.query<Readonly<Record<string, number | null>>>(
    `SELECT ${columns.join(', ')}`,
  );
  return Object.keys(RECOUNTS).map((name) =>
    equalCheck(`counter ${name}`, row[`expected:${name}`] ?? 0, row[`found:${name}`] ?? 0, 'counted'),
  );
}
