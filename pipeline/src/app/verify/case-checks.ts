/** Reads the cases again from their transitions, in SQL (the writing path is the state machine, in code). */
import type { Queryable } from '../database.ts';
import type { Check } from './check.ts';
import { faultCheck, type FaultQuery } from './sql-faults.ts';

const QUERIES: readonly FaultQuery[] = [
  {
    name: 'cases: histories',
    sound:
      'every case has a history without gaps, each step from where the one before led, and stands where it ends',
    sql: `
      WITH step AS (
        SELECT *, lag(to_state) OVER own AS before, lag(at) OVER own AS at_before,
          row_number() OVER own AS expected, lead(position) OVER own IS NULL AS is_last
        FROM case_transition WINDOW own AS (PARTITION BY case_id ORDER BY position))
      SELECT format('case %s: step %s (%s)', case_id, position, event) AS fault FROM step
      WHERE position <> expected OR from_state IS DISTINCT FROM before OR at < at_before
      UNION ALL
      SELECT format('case %s stands at %s %s, its history ends at %s %s', c.id, c.version, c.state, s.position, s.to_state)
      FROM case_file c LEFT JOIN (SELECT * FROM step WHERE is_last) s ON s.case_id = c.id
      WHERE (c.version, c.state) IS DISTINCT FROM (s.position, s.to_state)`,
  },
  {
    name: 'cases: heads',
    sound: 'what a case is searched by is what its head says',
    sql: `
      SELECT format('case %s is %s for %s, its head says %s for %s', id, state, account, body->>'state', body->>'account') AS fault
      FROM case_file
      WHERE (state, version, account, finding, infraction_id::text)
        IS DISTINCT FROM (body->>'state', (body->>'version')::integer, body->>'account', body->>'finding', body->>'infractionId')`,
  },
  {
    name: 'cases: infractions',
    sound: 'every case is of a recorded infraction, with its points',
    sql: `
      SELECT format('case %s: %s points, infraction %s has %s', c.id, c.body->>'points', c.infraction_id, i.points) AS fault
      FROM case_file c LEFT JOIN infraction i ON i.id = c.infraction_id
      WHERE i.id IS NULL OR i.points <> (c.body->>'points')::integer OR i.rule <> c.rule`,
  },
  {
    name: 'cases: ends',
    sound:
      'a case that was posted or released has its hold posted or released, and a case that goes on has it held',
    sql: `
      SELECT format('case %s is %s, its hold %s is %s', c.id, c.state, c.body->>'holdId', coalesce(r.kind, 'held')) AS fault
      FROM case_file c LEFT JOIN transfer r ON r.hold_id = (c.body->>'holdId')::uuid
      WHERE c.body->>'holdId' IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM charge n WHERE n.hold_id = (c.body->>'holdId')::uuid AND n.charged = 0)
        AND r.kind IS DISTINCT FROM CASE c.state WHEN 'posted' THEN 'post' WHEN 'released' THEN 'release' END`,
  },
  {
    name: 'cases: due process',
    sound: 'what was posted had been confirmed by an officer, its driver named and told',
    sql: `
      SELECT format('case %s was posted without %s', c.id, needed.event) AS fault
      FROM case_file c CROSS JOIN (VALUES ('confirm', 'officer'), ('name-driver', NULL), ('notify-driver', NULL)) AS needed (event, actor)
      WHERE c.state = 'posted' AND NOT EXISTS (
        SELECT 1 FROM case_transition t WHERE t.case_id = c.id AND t.event = needed.event
          AND t.actor_kind = coalesce(needed.actor, t.actor_kind))`,
  },
  {
    name: 'cases: two pairs of eyes',
    sound: 'nobody reviewed a case twice, decided on what was his own review, or decided both stages',
    sql: `
      SELECT format('case %s was decided %s times by %s', case_id, count(*), actor_id) AS fault
      FROM case_transition
      WHERE actor_kind = 'officer' AND event IN ('confirm', 'reject', 'uphold', 'dismiss')
      GROUP BY case_id, actor_id HAVING count(*) > 1`,
  },
  {
    name: 'ledger: holds moved',
    sound: 'every hold is of an infraction, or of the driver that a case has named',
    sql: `
      SELECT format('hold %s of %s: caused by %s', t.id, t.account, t.cause) AS fault
      FROM transfer t
      WHERE t.kind = 'hold' AND t.cause <> 'infraction:' || t.infraction_id AND NOT EXISTS (
        SELECT 1 FROM case_transition s JOIN case_file c ON c.id = s.case_id
        WHERE s.event = 'name-driver' AND t.cause = 'case:' || s.case_id AND c.infraction_id = t.infraction_id
          AND s.details->>'driver' = t.account AND s.details->>'holdId' = t.id::text)`,
  },
];

export async function caseChecks(database: Queryable): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const query of QUERIES) checks.push(await faultCheck(database, query));
  return checks;
}
