import type { Queryable } from '../database.ts';

/** Running totals, each written in the transaction of the rows it counts. */
export const COUNTER_NAMES = [
  'intake.stored',
  'intake.duplicate',
  'intake.deadLettered',
  'judge.judged',
  'judge.observations',
  'judge.copies',
  'judge.late',
  'judge.unknownSite',
  'judge.beforeBirth',
  'record.verdicts',
  'record.infraction',
  'record.clear',
  'record.undecided',
  'holds.infractions',
  'holds.unidentified',
  'holds.none',
  'holds.held',
] as const;
export type CounterName = (typeof COUNTER_NAMES)[number];
export type CounterChanges = Partial<Readonly<Record<CounterName, number>>>;

/** Locks the counters it changes in order of name; call it last in a transaction, so that they are held shortly. */
export async function bumpCounters(tx: Queryable, changes: CounterChanges): Promise<void> {
  const rows = Object.entries(changes)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => ({ name, value }));
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO counter AS c (name, value)
     SELECT name, value FROM json_to_recordset($1::json) AS r(name text, value bigint) ORDER BY name
     ON CONFLICT (name) DO UPDATE SET value = c.value + EXCLUDED.value`,
    [JSON.stringify(rows)],
  );
}
