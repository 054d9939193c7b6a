/** The topic of the log: made where it is missing, and looked at where it is not. */
import { connected, disconnected, loadKafka, type KafkaReader } from './kafka-client.ts';
import { StoreError } from './store-error.ts';

export interface KafkaTopic {
  /** host:port of some brokers, separated by commas. */
  readonly brokers: string;
  readonly topic: string;
  readonly partitions: number;
  /** Copies of each message; a message is answered once a majority of them has it. */
  readonly replication: number;
  /** Null keeps all. */
  readonly retentionMs: number | null;
}

const TIMEOUT_MS = 30_000;
const ALREADY_EXISTS = 36;

/** @throws StoreError `partitions-changed` where it was made with another number of partitions. */
export async function ensureTopic(of: KafkaTopic): Promise<void> {
  const { AdminClient, KafkaConsumer } = loadKafka();
  const admin = AdminClient.create({ 'bootstrap.servers': of.brokers });
  try {
    await new Promise<void>((resolve, reject) =>
      admin.createTopic(
        {
          topic: of.topic,
          num_partitions: of.partitions,
          replication_factor: of.replication,
          config: {
            'min.insync.replicas': String(Math.floor(of.replication / 2) + 1),
            'retention.ms': String(of.retentionMs ?? -1),
            'message.timestamp.type': 'CreateTime',
          },
        },
        TIMEOUT_MS,
        (error) => (error && error.code !== ALREADY_EXISTS ? reject(error) : resolve()),
      ),
    );
  } finally {
    admin.disconnect();
  }
  const reader = new KafkaConsumer({ 'bootstrap.servers': of.brokers, 'group.id': 'wayside' }, {});
  await connected(reader);
  try {
    await untilKnown(reader, of);
  } finally {
    await disconnected(reader);
  }
}

/** A new topic is known to all brokers a moment after it was made. */
async function untilKnown(reader: KafkaReader, { topic, partitions }: KafkaTopic): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const count = await partitionCount(reader, topic);
    if (count === partitions) return;
    if (count > 0)
      throw new StoreError(
        'partitions-changed',
        `topic ${topic} has ${count} partitions and cannot be read with ${partitions}: a site's messages would lose their order`,
      );
    if (attempt === 50)
      throw new StoreError('kafka-failed', `topic ${topic} was made, but no broker knows it`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const partitionCount = (reader: KafkaReader, topic: string): Promise<number> =>
  new Promise((resolve, reject) =>
    reader.getMetadata({ topic, timeout: TIMEOUT_MS }, (error, metadata) => {
      if (error) reject(error);
      else resolve(metadata.topics.find(({ name }) => name === topic)?.partitions.length ?? 0);
    }),
  );
