/** What intake rejected, newest first, and how often for which reason. Reads only. */
import type { DeadLetterPage, DeadLetterView } from '@wayside/contracts/http';
import type { Queryable } from '../database.ts';
import { pageOf, timeCursor } from './cursor.ts';
import { microsOf } from './instant.ts';
import { payloadPreview } from './payload-preview.ts';
import { rangeParams, rangeSql, type TimeRange } from './time-range.ts';

interface LetterRow {
  readonly id: string;
  readonly received_at: Date;
  readonly received_micros: number;
  readonly topic: string;
  readonly client: string;
  readonly reason: string;
  readonly detail: string;
  readonly bytes: number;
  readonly beginning: Uint8Array;
}

const PREVIEW_BYTES = 256;

export async function listDeadLetters(db: Queryable, range: TimeRange): Promise<DeadLetterPage> {
  const rows = await db.query<LetterRow>(
    `SELECT id, received_at, ${microsOf('received_at')} AS received_micros, topic, client, reason, detail, bytes,
            substring(payload FROM 1 FOR ${PREVIEW_BYTES}) AS beginning
     FROM dead_letter WHERE ${rangeSql('received_at', 'id')}`,
    rangeParams(range),
  );
  const page = pageOf(rows, range.limit, {
    item: toView,
    cursor: (row) => timeCursor({ micros: row.received_micros, id: row.id }),
  });
  const reasons = await countReasons(db);
  return { ...page, reasons, total: reasons.reduce((sum, { count }) => sum + count, 0) };
}

const countReasons = async (db: Queryable): Promise<{ reason: string; count: number }[]> => [
  ...(await db.query<{ reason: string; count: number }>(
    'SELECT reason, count(*) AS count FROM dead_letter GROUP BY reason ORDER BY count DESC, reason',
  )),
];

const toView = (row: LetterRow): DeadLetterView => ({
  id: row.id,
  receivedAt: row.received_at.toISOString(),
  topic: row.topic,
  client: row.client,
  reason: row.reason,
  detail: row.detail,
  bytes: row.bytes,
  preview: payloadPreview(row.beginning),
});
