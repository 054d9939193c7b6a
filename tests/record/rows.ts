/** What is stored, without what may differ between two runs: when the house wrote it down, and who signed. */
import type { Database, Queryable } from '@wayside/pipeline/app/database';

const TABLES: Readonly<Record<string, string>> = {
  verdict: `SELECT to_jsonb(t) - 'recorded_at' AS row FROM verdict t`,
  track_segment: 'SELECT to_jsonb(t) AS row FROM track_segment t',
  infraction: `SELECT to_jsonb(t) - 'recorded_at' AS row FROM infraction t`,
  evidence: `SELECT to_jsonb(t) - 'signature' - 'key_id' AS row FROM evidence t`,
  hold_due: `SELECT to_jsonb(t) - 'due_at' - 'placed_at' || jsonb_build_object('placed', placed_at IS NOT NULL) AS row
             FROM hold_due t`,
  transfer: `SELECT to_jsonb(t) - 'created_at' AS row FROM transfer t`,
  balance: 'SELECT to_jsonb(t) AS row FROM balance t',
  counter: 'SELECT to_jsonb(t) AS row FROM counter t',
};

export async function storedRows(database: Queryable): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const rows: Record<string, readonly unknown[]> = {};
  for (const [table, sql] of Object.entries(TABLES))
    rows[table] = (await database.query<{ row: unknown }>(`${sql} ORDER BY 1`)).map(({ row }) => row);
  return rows;
}

const ALL = [
  'verdict',
  'track_segment',
  'infraction',
  'evidence',
  'judge_cursor',
  'hold_due',
  'transfer',
  'balance',
  'account',
  'counter',
  'log_message',
  'dead_letter',
  'device',
  'site_version',
];

/** Empties the house, past the triggers that keep rows from being removed. */
export async function empty(database: Queryable): Promise<void> {
  const statements = [
    `SET session_replication_role = 'replica'`,
    ...ALL.map((table) => `DELETE FROM ${table}`),
    'UPDATE log_partition SET next_offset = 1',
    `SET session_replication_role = 'origin'`,
  ];
  await database.query(statements.join(';'));
}

/** A database that dies at the nth durable step: a statement of a transaction, or its commit. */
export function dyingAt(step: number, database: Database): Database {
  let steps = 0;
  const tick = (): void => {
    steps += 1;
    if (steps === step) throw new Error(`died at step ${step}`);
  };
  const mortal = (on: Queryable): Queryable => ({
    query: (sql, params) => {
      tick();
      return on.query(sql, params);
    },
  });
  return {
    ...mortal(database),
    transaction: async (work) => {
      const result = await database.transaction(async (tx) => {
        const done = await work(mortal(tx));
        tick(); // before the commit
        return done;
      });
      tick(); // after it, before anybody was told
      return result;
    },
    close: () => database.close(),
  };
}
