/**
 * Forgets what need not be known (promise 9): raw messages, the paths of encounters, and then the verdicts that found
 * nothing, of which a count an hour and site is kept. The paths of an infraction stay in its sealed evidence. Messages a
 * judge may still have to read again stay, however old. Days of which only infractions are left are stored as columns
 * where TimescaleDB's licence allows it (compression; migration 0023).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';

export interface RetentionParts {
  readonly database: Database;
  readonly hours: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Forgotten {
  readonly messages: number;
  readonly chunks: number;
  /** Of verdicts that found nothing. */
  readonly verdicts: number;
  /** Days of verdicts that are stored as columns from now on. */
  readonly packed: number;
}

const EVERY_MS = 600_000;
/** Rows one statement deletes, so that the session is not held for long. */
const BATCH = 500;

/** Forgets now, and then every ten minutes until the signal. */
export async function keepForgetting(parts: RetentionParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const forgotten = await forgetOld(parts, signal);
      if (Object.values(forgotten).some((count) => count > 0))
        parts.logger.info(forgotten, 'forgot what is old');
    } catch (error) {
      parts.logger.error({ err: error }, 'forgetting failed; it is tried again');
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

export async function forgetOld(
  { database, hours, clock }: RetentionParts,
  signal: AbortSignal,
): Promise<Forgotten> {
  const beforeMs = clock() - hours * 3_600_000;
  const chunks = await database.query(`SELECT drop_chunks('track_segment', older_than => $1::timestamptz)`, [
    new Date(beforeMs),
  ]);
  const messages = await allOf(() => forgetMessages(database, beforeMs), signal);
  const verdicts = await allOf(() => forgetVerdicts(database, beforeMs), signal);
  return { messages, chunks: chunks.length, verdicts, packed: await packDays(database, beforeMs) };
}

/** Batch after batch. @returns the sum. */
async function allOf(forgetBatch: () => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let sum = 0; ;) {
    const forgotten = signal.aborted ? 0 : await forgetBatch();
    sum += forgotten;
    if (forgotten < BATCH) return sum;
  }
}

/** Those whose paths are gone and whose messages are, too, so that nothing that can be judged again is missing. */
async function forgetVerdicts(database: Database, beforeMs: number): Promise<number> {
  const [row] = await database.query<{ readonly forgotten: number }>(
    `WITH gone AS (
       DELETE FROM verdict v USING (
         SELECT id, occurred_at FROM verdict o WHERE outcome <> 'infraction' AND recorded_at < $1::timestamptz
           AND NOT EXISTS (SELECT 1 FROM track_segment t WHERE t.verdict_id = o.id AND t.occurred_at = o.occurred_at)
           AND NOT EXISTS (SELECT 1 FROM log_message m WHERE m.partition = o.partition AND m.log_offset <= o.log_offset)
         ORDER BY recorded_at LIMIT ${BATCH}) old
       WHERE v.id = old.id AND v.occurred_at = old.occurred_at
       RETURNING v.site, v.outcome, date_trunc('hour', v.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS hour
     ), counted AS (
       INSERT INTO verdict_hour AS h (site, hour, outcome, verdicts)
       SELECT site, hour, outcome, count(*) FROM gone GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
       ON CONFLICT (site, hour, outcome) DO UPDATE SET verdicts = h.verdicts + EXCLUDED.verdicts
     )
     SELECT count(*)::integer AS forgotten FROM gone`,
    [new Date(beforeMs).toISOString()],
  );
  return row?.forgotten ?? 0;
}

/** Only days from which nothing is forgotten any more: what is stored as columns is dear to delete from. */
async function packDays(database: Database, beforeMs: number): Promise<number> {
  const settled = await database.query<{ readonly chunk: string }>(
    `SELECT format('%I.%I', c.chunk_schema, c.chunk_name) AS chunk
     FROM timescaledb_information.chunks c JOIN timescaledb_information.hypertables h USING (hypertable_schema, hypertable_name)
     WHERE h.hypertable_name = 'verdict' AND h.compression_enabled AND NOT c.is_compressed AND c.range_end < $1::timestamptz
       AND (SELECT bool_and(v.outcome = 'infraction') FROM verdict v
            WHERE v.occurred_at >= c.range_start AND v.occurred_at < c.range_end)`,
    [new Date(beforeMs)],
  );
  for (const { chunk } of settled) await database.query('SELECT compress_chunk($1::regclass)', [chunk]);
  return settled.length;
}

/** From the beginning of each partition on, so that what is left has no gap. */
async function forgetMessages(database: Database, beforeMs: number): Promise<number> {
  const rows = await database.query(
    `DELETE FROM log_message m USING (
       SELECT l.partition, l.log_offset FROM log_message l JOIN judge_cursor c USING (partition)
       WHERE l.log_offset < c.resume_offset
         AND l.log_offset < coalesce(
           (SELECT min(k.log_offset) FROM log_message k WHERE k.partition = l.partition AND k.received_at_ms >= $1), c.resume_offset)
       ORDER BY l.partition, l.log_offset LIMIT ${BATCH}) old
     WHERE m.partition = old.partition AND m.log_offset = old.log_offset RETURNING m.log_offset`,
    [beforeMs],
  );
  return rows.length;
}
