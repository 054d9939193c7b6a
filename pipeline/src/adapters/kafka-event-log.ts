/**
 * The event log on Kafka, a partition of the topic a partition of the log. Kafka offsets begin at 0 and ours at 1.
 *
 *   keep new sites (Postgres) ─▶ write (Kafka, all replicas) ─▶ remember identities, devices, counters (Postgres) ─▶ answer
 *
 * Who dies between the two may leave a message in Kafka that nobody was told of; the device sends it again, and it stands
 * there twice. The judge knows the copy (kafka-copies.ts). Nothing that was answered is missing.
 */
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { Logger } from 'pino';
import { bumpCounters } from '../app/counters/bump.ts';
import type { Database } from '../app/database.ts';
import type { IncomingMessage, LogReader, LogWriter } from '../app/event-log.ts';
import { remember, seenBefore } from '../app/identities.ts';
import { keepSites } from '../app/keep-sites.ts';
import { lastSequences, siteDevices, updateDevices } from './device-rows.ts';
import { sightingsOf } from './device-sightings.ts';

import type { KafkaMessage } from './kafka-client.ts';
import { KafkaTails } from './kafka-tail.ts';
import { ensureTopic, type KafkaTopic } from './kafka-topic.ts';
import { openKafkaWriter, type KafkaWriter } from './kafka-writer.ts';
import { ensurePartitions } from './log-partitions.ts';
import { partitionsOf } from './partitioning.ts';
import { rejectBatch } from './postgres-event-log-reject.ts';

export interface KafkaEventLog extends LogWriter, LogReader {
  close(): Promise<void>;
}

/** @throws StoreError `kafka-missing`, or `partitions-changed` where topic or database were made otherwise. */
export async function openKafkaEventLog(
  db: Database,
  topic: KafkaTopic,
  logger: Logger,
): Promise<KafkaEventLog> {
  await ensureTopic(topic);
  const partitions = await ensurePartitions(db, topic.partitions, true);
  const writer = await openKafkaWriter(topic.brokers, topic.topic, logger);
  const tails = await KafkaTails.open(topic.brokers, topic.topic, logger);
  return {
    partitions,
    append: (messages) => append(db, writer, topic.partitions, messages),
    reject: (letters) => rejectBatch(db, letters),
    siteDevices: (site) => siteDevices(db, site),
    lastSequences: (devices) => lastSequences(db, devices),
    read: (partition, fromOffset, limit) =>
      Promise.resolve(tails.read(partition, fromOffset - 1, limit).map(logged)),
    head: (partition) => tails.head(partition),
    changed: (timeoutMs, signal) => tails.changed(timeoutMs, signal),
    leave: (partition) => tails.leave(partition),
    close: async () => {
      await Promise.all([writer.close(), tails.close()]);
    },
  };
}

const logged = ({ partition, offset, value, timestamp }: KafkaMessage) => ({
  partition,
  offset: offset + 1,
  receivedAtMs: timestamp,
  message: JSON.parse(value.toString()) as DeviceMessage, // intake let nothing else in
});

type Outcomes = Awaited<ReturnType<LogWriter['append']>>;

async function append(
  db: Database,
  writer: KafkaWriter,
  partitionCount: number,
  messages: readonly IncomingMessage[],
): Promise<Outcomes> {
  if (messages.length === 0) return [];
  const partitions = await partitionsOf(db, messages, partitionCount);
  await keepSites(db, messages); // before the judge can see who names them
  const known = await seenBefore(
    db,
    'log_identity',
    messages.map(({ message }) => message),
  );
  const fresh = messages.flatMap((incoming, index) =>
    known.has(index) ? [] : [{ ...incoming, index, partition: partitions[index] ?? 0 }],
  );
  const offsets = await writer.write(
    fresh.map(({ partition, message, payload, receivedAtMs }) => ({
      partition,
      key: message.device,
      value: Buffer.from(payload),
      timestampMs: receivedAtMs,
    })),
  );
  const heads = headsOf(
    fresh.map(({ partition }, index) => ({ partition, offset: (offsets[index] ?? 0) + 1 })),
  );
  return confirm(db, messages, fresh, heads);
}

function headsOf(places: readonly { readonly partition: number; readonly offset: number }[]) {
  const heads = new Map<number, number>();
  for (const { partition, offset } of places)
    heads.set(partition, Math.max(offset, heads.get(partition) ?? 0));
  return heads;
}

/** Another intake may have stored the same message meanwhile; the lock of the partition makes the second a duplicate. */
const confirm = (
  db: Database,
  messages: readonly IncomingMessage[],
  fresh: readonly (IncomingMessage & { readonly index: number })[],
  heads: ReadonlyMap<number, number>,
): Promise<Outcomes> =>
  db.transaction(async (tx) => {
    const partitions = [...heads.keys()].sort((a, b) => a - b);
    await tx.query(
      'SELECT 1 FROM log_partition WHERE partition = ANY($1::integer[]) ORDER BY partition FOR UPDATE',
      [partitions],
    );
    await tx.query(
      `UPDATE log_partition AS p SET next_offset = greatest(p.next_offset, h.head + 1)
       FROM unnest($1::integer[], $2::bigint[]) AS h(partition, head) WHERE p.partition = h.partition`,
      [partitions, partitions.map((partition) => heads.get(partition))],
    );
    const identities = fresh.map(({ message }) => message);
    const again = await seenBefore(tx, 'log_identity', identities);
    await remember(tx, 'log_identity', identities);
    await updateDevices(tx, sightingsOf(messages));
    const stored = new Set(fresh.filter((_, at) => !again.has(at)).map(({ index }) => index));
    await bumpCounters(tx, {
      'intake.duplicate': messages.length - stored.size,
      'intake.stored': stored.size,
    });
    return messages.map((_, index) => (stored.has(index) ? 'stored' : 'duplicate'));
  });
