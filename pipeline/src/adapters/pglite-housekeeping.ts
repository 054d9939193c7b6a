/**
 * What the background processes of a native server do, and PGlite has none of: without checkpoints its write-ahead log
 * grows for ever (measured: 60 MB for 60 MB written, and all of it is read again after a crash), without vacuum and
 * analyze tables bloat and plans go stale. Each step is one turn with the session, so that others come between.
 */
import type { PgliteSession } from './pglite-session.ts';

export interface HousekeepingOptions {
  readonly intervalMs: number;
  /** A checkpoint is due when this much was written since the last: some 0.2 s of standstill each. */
  readonly checkpointBytes: number;
  /** Every so many intervals the tables are looked after. */
  readonly vacuumEvery: number;
  readonly onError: (error: unknown) => void;
}

export const DEFAULT_HOUSEKEEPING = {
  intervalMs: 5_000,
  checkpointBytes: 48 * 1024 * 1024,
  vacuumEvery: 60,
} as const;

/** @returns the function that ends it; a step that is under way is finished first. */
export function keepHouse(session: PgliteSession, options: HousekeepingOptions): () => Promise<void> {
  const stopping = new AbortController();
  let rounds = 0;
  let step = Promise.resolve();
  const timer = setInterval(() => {
    rounds++;
    const vacuumDue = rounds % options.vacuumEvery === 0;
    step = step
      .then(() => (stopping.signal.aborted ? undefined : keep(session, options, vacuumDue, stopping.signal)))
      .catch(options.onError);
  }, options.intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    stopping.abort();
    return step;
  };
}

async function keep(
  session: PgliteSession,
  { checkpointBytes }: HousekeepingOptions,
  vacuumDue: boolean,
  signal: AbortSignal,
): Promise<void> {
  if ((await writtenSinceCheckpoint(session)) > checkpointBytes) await turn(session, 'CHECKPOINT');
  if (!vacuumDue) return;
  for (const table of await tablesDue(session)) {
    if (signal.aborted) return;
    await turn(session, `VACUUM (ANALYZE) ${table}`);
  }
}

async function writtenSinceCheckpoint(session: PgliteSession): Promise<number> {
  const [row] = await turn<{ bytes: number }>(
    session,
    'SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) AS bytes FROM pg_control_checkpoint()',
  );
  return row?.bytes ?? 0;
}

/** Tables never analyzed, small ones (cheap, and full of updates), and those that grew by a tenth since. */
async function tablesDue(session: PgliteSession): Promise<readonly string[]> {
  const rows = await turn<{ name: string }>(
    session,
    `SELECT format('%I.%I', nspname, relname) AS name
     FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace,
          LATERAL (SELECT pg_relation_size(pg_class.oid) / 8192 AS pages) AS size
     WHERE relkind = 'r' AND relpersistence = 'p'
       AND (nspname IN ('public', 'bullmq', '_timescaledb_internal'))
       AND (reltuples < 0 OR pages BETWEEN 1 AND 64 OR pages > relpages * 1.1 + 8)`,
  );
  return rows.map(({ name }) => name);
}

async function turn<Row extends object>(session: PgliteSession, sql: string): Promise<readonly Row[]> {
  const lease = await session.lease();
  try {
    return (await lease.run(sql)).rows as readonly Row[];
  } finally {
    lease.release();
  }
}
