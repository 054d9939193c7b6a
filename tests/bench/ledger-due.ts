import type { Database } from '@wayside/pipeline/app/database';

/** Infractions and their holds that are due, spread over accounts as if at random; every account is missing at first. */
export async function makeDue(database: Database, count: number, accounts: number): Promise<void> {
  await database.query(
    `INSERT INTO infraction (id, occurred_at, recorded_at, verdict_id, kind, site, rule, profile, profile_version,
       pedestrian_tracks, account, points, origin, explanation, measures)
     SELECT md5('infraction' || n)::uuid, '2026-03-02T02:00:00Z', now(), md5('verdict' || n)::uuid, 'encounter', 'bench',
       'fail-to-yield', 'cn', '2026-07-01', '{}',
       'road:plate_' || rpad('b' || (n * 7919::bigint) % $2 || '-', 43, 'x'), 3, 'simulation', 'x', '{}'
     FROM generate_series(1, $1) AS n`,
    [count, accounts],
  );
  await database.query(
    `INSERT INTO hold_due (hold_id, infraction_id, account, scheme, points, detected_at_ms, due_at)
     SELECT md5('hold' || id)::uuid, id, account, 'cn', points, 0, now() - interval '1 minute' FROM infraction`,
  );
  await database.query('ANALYZE hold_due');
}

export async function waitingHolds(database: Database): Promise<number> {
  const [row] = await database.query<{ readonly waiting: number }>(
    'SELECT count(*) AS waiting FROM (SELECT 1 FROM hold_due WHERE placed_at IS NULL LIMIT 1) AS one',
  );
  return row?.waiting ?? 0;
}

/** Between rounds of a benchmark only: past the triggers that keep a real ledger. */
export async function removeAll(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = 'replica'`);
    await tx.query('ALTER TABLE transfer DISABLE TRIGGER transfer_kept');
    await tx.query(
      'TRUNCATE transfer, balance, points_clock, account, hold_due, infraction, counter CASCADE',
    );
    await tx.query('ALTER TABLE transfer ENABLE TRIGGER transfer_kept');
  });
}
