/**
 * The event log as tables (migrations/0001_log.sql). An append is one transaction that locks the log_partition rows
 * it writes to, so that offsets are dense and become visible in order, however many processes append.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { Database } from '../app/database.ts';
import type { IncomingMessage, LoggedMessage, LogReader, LogWriter } from '../app/event-log.ts';
import { lastSequences, siteDevices } from './device-rows.ts';
import { ensurePartitions } from './log-partitions.ts';
import { LogPace } from './log-pace.ts';
import { LogTail } from './log-tail.ts';
import { appendBatch, type Places } from './postgres-event-log-append.ts';
import { rejectBatch } from './postgres-event-log-reject.ts';
import { Wakeups } from './wakeups.ts';

export interface PostgresEventLogOptions {
  /** Into how many partitions sites are spread; a log keeps the number it was made with. */
  readonly partitions?: number;
  /** An append waits while so many messages stand unread; where absent it never does. */
  readonly mostBehind?: number;
  /** How often a reader that waits looks for what other processes appended; where absent nobody else appends. */
  readonly lookEveryMs?: number;
}

/** Rows and payload characters one read returns at most (at least one row). */
const MAX_READ_ROWS = 500;
const MAX_READ_BYTES = 8 * 1024 * 1024;

/** @throws StoreError `partitions-changed` where the log was made with another number of partitions. */
export async function openPostgresEventLog(
  db: Database,
  { partitions: count = 1, mostBehind = Infinity, lookEveryMs = Infinity }: PostgresEventLogOptions = {},
): Promise<LogWriter & LogReader> {
  const partitions = await ensurePartitions(db, count, false);
  const wakeups = new Wakeups();
  const tail = new LogTail();
  const pace = new LogPace(mostBehind);
  const keep = (incoming: readonly IncomingMessage[], places: Places): void => {
    for (const [index, { message, payload, receivedAtMs }] of incoming.entries()) {
      const place = places[index];
      if (place === undefined) continue;
      tail.add({ ...place, receivedAtMs, message }, payload.length);
      pace.appended(place.partition, place.offset);
    }
  };
  return {
    partitions,
    async append(messages) {
      await pace.room();
      const places = await retried(() => appendBatch(db, messages, count));
      keep(messages, places);
      if (places.some((place) => place !== undefined)) wakeups.wake();
      return places.map((place) => (place === undefined ? 'duplicate' : 'stored'));
    },
    reject: (letters) => retried(() => rejectBatch(db, letters)),
    siteDevices: (site) => siteDevices(db, site),
    lastSequences: (devices) => lastSequences(db, devices),
    async read(partition, fromOffset, limit) {
      pace.reads(partition, fromOffset);
      const kept = tail.read(partition, fromOffset, limit);
      return kept.length > 0 ? kept : read(db, partition, fromOffset, limit);
    },
    head: (partition) => head(db, partition),
    changed: (timeoutMs, signal) => wakeups.wait(Math.min(timeoutMs, lookEveryMs), signal),
    leave: (partition) => pace.leaves(partition),
  };
}

async function head(db: Database, partition: number): Promise<number> {
  const [row] = await db.query<{ head: number }>(
    'SELECT next_offset - 1 AS head FROM log_partition WHERE partition = $1',
    [partition],
  );
  return row?.head ?? 0;
}

interface MessageRow {
  readonly log_offset: number;
  readonly received_at_ms: number;
  readonly payload: string;
}

async function read(
  db: Database,
  partition: number,
  fromOffset: number,
  limit: number,
): Promise<readonly LoggedMessage[]> {
  const rows = await db.query<MessageRow>(
    `SELECT log_offset, received_at_ms, payload FROM (
       SELECT log_offset, received_at_ms, payload,
              sum(octet_length(payload)) OVER (ORDER BY log_offset) - octet_length(payload) AS bytes_before
       FROM (SELECT * FROM log_message WHERE partition = $1 AND log_offset >= $2 ORDER BY log_offset LIMIT $3) AS rows
     ) AS bounded WHERE bytes_before < ${MAX_READ_BYTES} ORDER BY log_offset`,
    [partition, fromOffset, Math.min(limit, MAX_READ_ROWS)],
  );
  return rows.map((row) => ({
    partition,
    offset: row.log_offset,
    receivedAtMs: row.received_at_ms,
    message: JSON.parse(row.payload) as DeviceMessage, // intake let nothing else in
  }));
}

/** Two appends met on one row (another process with the same identity, or a deadlock): the loser runs again. */
const RETRIED = new Set(['23505', '40001', '40P01']);

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 4 || !RETRIED.has((error as { code?: string }).code ?? '')) throw error;
      await sleep(attempt * 10);
    }
  }
}
