/** Dead letters: in, what was rejected; locks, the counter row of its kind. */
import { createHash } from 'node:crypto';
import type { Database } from '../app/database.ts';
import type { DeadLetter } from '../app/event-log.ts';
import { bumpCounters } from '../app/counters/bump.ts';

/** How much of a rejected payload is kept. */
const KEPT_BYTES = 4096;

/** Each arrival is a fact of its own, even of the same bytes, so the id is drawn, not derived from content. */
export async function rejectBatch(db: Database, letters: readonly DeadLetter[]): Promise<void> {
  if (letters.length === 0) return;
  await db.transaction(async (tx) => {
    await tx.query(
      `INSERT INTO dead_letter (id, received_at, topic, client, reason, detail, bytes, sha256, payload)
       SELECT gen_random_uuid(), received_at, topic, client, reason, detail, bytes, sha256, decode(payload, 'base64')
       FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[])
         AS t(received_at, topic, client, reason, detail, bytes, sha256, payload)`,
      [
        letters.map(({ receivedAtMs }) => new Date(receivedAtMs)),
        letters.map(({ topic }) => storable(topic)),
        letters.map(({ client }) => storable(client)),
        letters.map(({ reason }) => reason),
        letters.map(({ detail }) => storable(detail)),
        letters.map(({ bytes }) => Math.min(bytes, 0x7fffffff)),
        letters.map(({ payload }) => createHash('sha256').update(payload).digest('hex')),
        letters.map(({ payload }) => Buffer.from(payload.subarray(0, KEPT_BYTES)).toString('base64')),
      ],
    );
    await bumpCounters(tx, { 'intake.deadLettered': letters.length });
  });
}

/** Postgres' text holds anything but U+0000; bounded, because a topic may be 64 KiB. */
const storable = (text: string): string => text.slice(0, 500).replaceAll('\0', '\uFFFD');
