/**
 * One append. In: up to MAX_APPEND checked messages. Locks, in this order: log_partition rows by partition, device
 * rows by id, counter rows by name.
 */
import type { Database, Queryable } from '../app/database.ts';
import type { IncomingMessage } from '../app/event-log.ts';
import { bumpCounters } from '../app/counters/bump.ts';
import { keepSites } from '../app/keep-sites.ts';
import { updateDevices } from './device-rows.ts';
import { sightingsOf } from './device-sightings.ts';
import { partitionsOf } from './partitioning.ts';

/** The embedded database blocks the process while it inserts: a batch stays well under a tenth of a second. */
export const MAX_APPEND = 512;

/** Where each message stands now; undefined where it stood there before. */
export type Places = readonly (Place | undefined)[];
export interface Place {
  readonly partition: number;
  readonly offset: number;
}

export async function appendBatch(
  db: Database,
  messages: readonly IncomingMessage[],
  partitionCount: number,
): Promise<Places> {
  if (messages.length === 0) return [];
  if (messages.length > MAX_APPEND)
    throw new RangeError(`an append takes at most ${MAX_APPEND} messages, not ${messages.length}`);
  return db.transaction(async (tx) => {
    const partitions = await partitionsOf(tx, messages, partitionCount);
    await lockPartitions(tx, partitions);
    const places = await insertMessages(tx, messages, partitions);
    await keepSites(tx, messages);
    await updateDevices(tx, sightingsOf(messages));
    const stored = places.filter((place) => place !== undefined).length;
    await bumpCounters(tx, { 'intake.duplicate': messages.length - stored, 'intake.stored': stored });
    return places;
  });
}

const lockPartitions = (tx: Queryable, partitions: readonly number[]): Promise<unknown> =>
  tx.query('SELECT 1 FROM log_partition WHERE partition = ANY($1::integer[]) ORDER BY partition FOR UPDATE', [
    [...new Set(partitions)],
  ]);

/** A later message with the same id is a duplicate of the earlier, in the log or in the batch itself. */
async function insertMessages(
  tx: Queryable,
  messages: readonly IncomingMessage[],
  partitions: readonly number[],
): Promise<Places> {
  const first = new Map<string, number>();
  for (const [index, { message }] of messages.entries())
    if (!first.has(message.id)) first.set(message.id, index);
  const indexes = [...first.values()];
  const column = <T>(of: (incoming: IncomingMessage) => T): T[] =>
    indexes.map((index) => of(messages[index] as IncomingMessage));
  const stored = await tx.query<Place & { readonly index: number }>(INSERT, [
    indexes,
    indexes.map((index) => partitions[index]),
    column(({ message }) => message.device),
    column(({ message }) => message.bootid),
    column(({ message }) => message.sequence),
    column(({ message }) => message.type),
    column(({ receivedAtMs }) => receivedAtMs),
    column(({ payload }) => payload).join(BETWEEN),
  ]);
  const places = new Map(stored.map(({ index, partition, offset }) => [index, { partition, offset }]));
  return messages.map((_, index) => places.get(index));
}

/** No JSON text holds it but escaped. The literal of an array would escape each of a payload's quotation marks. */
const BETWEEN = '\u001f';

const INSERT = `
WITH incoming AS (
  SELECT * FROM unnest($1::integer[], $2::integer[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bigint[],
      string_to_array($8::text, E'\\x1f'))
    AS t(index, partition, device, boot_id, sequence, type, received_at_ms, payload)
), fresh AS (
  SELECT incoming.*, row_number() OVER (PARTITION BY partition ORDER BY index) AS place
  FROM incoming
  WHERE NOT EXISTS (
    SELECT 1 FROM log_message AS m
    WHERE m.device = incoming.device AND m.boot_id = incoming.boot_id AND m.sequence = incoming.sequence)
), moved AS (
  UPDATE log_partition AS p SET next_offset = p.next_offset + added.count
  FROM (SELECT partition, count(*) AS count FROM fresh GROUP BY partition) AS added
  WHERE p.partition = added.partition
), inserted AS (
  INSERT INTO log_message (partition, log_offset, device, boot_id, sequence, type, received_at_ms, payload)
  SELECT partition, p.next_offset + place - 1, device, boot_id, sequence, type, received_at_ms, payload
  FROM fresh JOIN log_partition AS p USING (partition)
)
SELECT index, partition, p.next_offset + place - 1 AS offset FROM fresh JOIN log_partition AS p USING (partition)`;
