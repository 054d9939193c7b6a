/**
 * Forgets what need not be known (promise 9): raw messages and the paths of encounters. The paths of an infraction stay
 * in its sealed evidence. Messages a judge may still have to read again stay, however old.
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
}

const EVERY_MS = 600_000;
/** Rows one statement deletes, so that the session is not held for long. */
const BATCH = 500;

/** Forgets now, and then every ten minutes until the signal. */
export async function keepForgetting(parts: RetentionParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const forgotten = await forgetOld(parts, signal);
      if (forgotten.messages + forgotten.chunks > 0) parts.logger.info(forgotten, 'forgot what is old');
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
  let messages = 0;
  while (!signal.aborted) {
    const deleted = await forgetMessages(database, beforeMs);
    messages += deleted;
    if (deleted < BATCH) break;
  }
  return { messages, chunks: chunks.length };
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
