/** Whether verdicts, infractions, evidence, log and cursors fit each other. */
import type { Queryable } from '../database.ts';
import type { Check } from './check.ts';
import { faultCheck, type FaultQuery } from './sql-faults.ts';

const QUERIES: readonly FaultQuery[] = [
  {
    name: 'log: offsets',
    sound: 'the offsets of every partition are dense up to its head',
    sql: `
      SELECT format('partition %s: %s messages from %s to %s, the head is %s', p.partition, count(m.*),
                    min(m.log_offset), max(m.log_offset), p.next_offset - 1) AS fault
      FROM log_partition p LEFT JOIN log_message m USING (partition) WHERE NOT p.external
      GROUP BY p.partition, p.next_offset
      HAVING coalesce(max(m.log_offset), p.next_offset - 1) <> p.next_offset - 1
          OR count(m.*) <> coalesce(max(m.log_offset) - min(m.log_offset) + 1, 0)`,
  },
  {
    name: 'judge: cursors',
    sound: 'no cursor is beyond its log or behind its resume offset',
    sql: `
      SELECT format('partition %s: committed %s, resume %s, head %s', c.partition, committed_offset, resume_offset,
                    p.next_offset - 1) AS fault
      FROM judge_cursor c LEFT JOIN log_partition p USING (partition)
      WHERE (committed_offset < p.next_offset AND resume_offset BETWEEN 1 AND committed_offset + 1) IS NOT TRUE`,
  },
  {
    name: 'record: infractions',
    sound: 'every finding of an infraction is one infraction, and every infraction has its finding',
    sql: `
      WITH finding AS (
        SELECT v.id, f ->> 'rule' AS rule, f ->> 'points' AS points
        FROM verdict v CROSS JOIN LATERAL jsonb_array_elements(v.body -> 'findings') AS f
        WHERE f ->> 'outcome' = 'infraction')
      SELECT format('verdict %s, rule %s: %s points found, %s points recorded', coalesce(f.id, i.verdict_id),
                    coalesce(f.rule, i.rule), f.points, i.points) AS fault
      FROM finding f FULL JOIN infraction i ON i.verdict_id = f.id AND i.rule = f.rule
      WHERE f.points IS DISTINCT FROM i.points::text`,
  },
  {
    name: 'record: paths',
    sound: 'every path that is kept is of a verdict, under its outcome',
    sql: `
      SELECT format('path of verdict %s is kept as %s, the verdict says %s', t.verdict_id, t.outcome, v.outcome) AS fault
      FROM track_segment t LEFT JOIN verdict v ON v.id = t.verdict_id AND v.occurred_at = t.occurred_at
      WHERE v.outcome IS DISTINCT FROM t.outcome`,
  },
  {
    name: 'evidence: complete',
    sound: 'every infraction has its evidence, and all evidence its infraction',
    sql: `
      SELECT format('infraction %s, evidence %s', coalesce(i.id::text, 'missing'), coalesce(e.infraction_id::text, 'missing')) AS fault
      FROM infraction i FULL JOIN evidence e ON e.infraction_id = i.id
      WHERE i.id IS NULL OR e.infraction_id IS NULL`,
  },
];

export async function recordChecks(database: Queryable): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const query of QUERIES) checks.push(await faultCheck(database, query));
  return checks;
}
