/**
 * node-rdkafka, where it is installed (`npm run native`): the part of it that is used, as promises with bounds.
 * Its own types cannot be imported, because most machines do not have it.
 */
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { StoreError } from './store-error.ts';

type Callback<T = void> = (error: Error | null | undefined, result: T) => void;

interface KafkaClient extends EventEmitter {
  connect(options: { readonly timeout: number }, done: Callback<unknown>): void;
  disconnect(done: Callback<unknown>): void;
  getMetadata(options: { readonly topic: string; readonly timeout: number }, done: Callback<Metadata>): void;
}

interface Metadata {
  readonly topics: readonly { readonly name: string; readonly partitions: readonly unknown[] }[];
}

export interface KafkaProducer extends KafkaClient {
  produce(
    topic: string,
    partition: number,
    value: Buffer,
    key: string,
    timestamp: number,
    opaque: unknown,
  ): void;
  poll(): void;
}

export interface KafkaMessage {
  readonly partition: number;
  readonly offset: number;
  readonly value: Buffer;
  readonly timestamp: number;
}

interface At {
  readonly topic: string;
  readonly partition: number;
  readonly offset?: number;
}

export interface KafkaReader extends KafkaClient {
  incrementalAssign(at: readonly At[]): void;
  incrementalUnassign(at: readonly At[]): void;
  pause(at: readonly At[]): void;
  resume(at: readonly At[]): void;
  setDefaultConsumeTimeout(timeoutMs: number): void;
  consume(count: number, done: Callback<readonly KafkaMessage[]>): void;
  queryWatermarkOffsets(
    topic: string,
    partition: number,
    timeoutMs: number,
    done: Callback<{ readonly highOffset: number }>,
  ): void;
}

export interface KafkaAdmin {
  createTopic(
    topic: {
      readonly topic: string;
      readonly num_partitions: number;
      readonly replication_factor: number;
      readonly config: Readonly<Record<string, string>>;
    },
    timeoutMs: number,
    done: (error?: Error & { readonly code?: number }) => void,
  ): void;
  disconnect(): void;
}

type Settings = Readonly<Record<string, string | number | boolean>>;

interface Rdkafka {
  readonly Producer: new (settings: Settings, topic: Settings) => KafkaProducer;
  readonly KafkaConsumer: new (settings: Settings, topic: Settings) => KafkaReader;
  readonly AdminClient: { create(settings: Settings): KafkaAdmin };
}

/** @throws StoreError `kafka-missing` where node-rdkafka is not installed. */
export function loadKafka(): Rdkafka {
  try {
    return createRequire(import.meta.url)('node-rdkafka') as Rdkafka;
  } catch (cause) {
    throw new StoreError('kafka-missing', 'the Kafka client is not installed; `npm run native` adds it', {
      cause,
    });
  }
}

const CONNECT_TIMEOUT_MS = 30_000;
/** node-rdkafka's disconnect may never call back (its issue 1144). */
const DISCONNECT_TIMEOUT_MS = 3_000;

export const connected = (client: KafkaClient): Promise<void> =>
  new Promise((resolve, reject) =>
    client.connect({ timeout: CONNECT_TIMEOUT_MS }, (error) => (error ? reject(error) : resolve())),
  );

export const disconnected = (client: KafkaClient): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, DISCONNECT_TIMEOUT_MS);
    client.disconnect(() => {
      clearTimeout(timer);
      resolve();
    });
  });
