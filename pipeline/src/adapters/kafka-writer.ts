/** Produces to Kafka, and says where a message stands once all in-sync replicas have it. */
import type { Logger } from 'pino';
import { connected, disconnected, loadKafka, type KafkaProducer } from './kafka-client.ts';

export interface KafkaRecord {
  readonly partition: number;
  readonly key: string;
  readonly value: Buffer;
  readonly timestampMs: number;
}

export interface KafkaWriter {
  /** Resolves with the offset of each, once all are durable. Rejects where one is not; others may be then. */
  write(records: readonly KafkaRecord[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

interface Report {
  readonly offset: number;
  readonly opaque: (error: Error | null | undefined, offset: number) => void;
}

const POLL_EVERY_MS = 2;
/** A message that the brokers do not take for so long is given back to the device. */
const DELIVERY_TIMEOUT_MS = 15_000;

export async function openKafkaWriter(brokers: string, topic: string, logger: Logger): Promise<KafkaWriter> {
  const { Producer } = loadKafka();
  const producer = new Producer(
    {
      'bootstrap.servers': brokers,
      'enable.idempotence': true,
      'compression.codec': 'lz4',
      'linger.ms': 1,
      'message.timeout.ms': DELIVERY_TIMEOUT_MS,
      'queue.buffering.max.kbytes': 65_536,
      dr_cb: true,
    },
    { acks: -1 },
  );
  producer.on('event.error', (error: Error) => logger.warn({ err: error }, 'the Kafka producer met a fault'));
  producer.on('delivery-report', (error: Error | null, { offset, opaque }: Report) => opaque(error, offset));
  await connected(producer);
  return pollingWriter(producer, topic);
}

function pollingWriter(producer: KafkaProducer, topic: string): KafkaWriter {
  let underWay = 0;
  let polling: NodeJS.Timeout | undefined;
  const settle = (): void => {
    if (--underWay > 0) return;
    clearInterval(polling);
    polling = undefined;
  };
  const writeOne = ({ partition, key, value, timestampMs }: KafkaRecord): Promise<number> =>
    new Promise((resolve, reject) => {
      producer.produce(topic, partition, value, key, timestampMs, (error: Error | null, offset: number) => {
        settle();
        if (error) reject(error);
        else resolve(offset);
      });
      underWay++;
      polling ??= setInterval(() => producer.poll(), POLL_EVERY_MS);
    });
  return {
    write: async (records) => {
      const outcomes = await Promise.allSettled(records.map(writeOne));
      return outcomes.map((outcome) => {
        if (outcome.status === 'rejected') throw outcome.reason;
        return outcome.value;
      });
    },
    close: async () => {
      clearInterval(polling);
      await disconnected(producer);
    },
  };
}
