/**
 * Reads partitions of a topic at given offsets, in batches that are pulled (flowing consumption knows no back pressure).
 * Each partition that is read has a bounded buffer; where it is full the partition is paused. No consumer group: who
 * reads what is decided by leases in Postgres, and the offset of record stands there too.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { connected, disconnected, loadKafka, type KafkaMessage, type KafkaReader } from './kafka-client.ts';
import { Wakeups } from './wakeups.ts';

const PULL = 1_000;
const PULL_WAIT_MS = 10;
const QUERY_TIMEOUT_MS = 10_000;
/** A partition's buffer: full at either, read again at half. */
const FULL_MESSAGES = 2_000;
const FULL_BYTES = 16 * 1024 * 1024;

/** What one read returns at most. */
const MAX_READ_MESSAGES = 500;
const MAX_READ_BYTES = 8 * 1024 * 1024;

interface Tail {
  messages: KafkaMessage[];
  bytes: number;
  paused: boolean;
  /** What was pulled before this tail was assigned may be of an earlier one, or its own: nobody can tell. */
  readonly sincePull: number;
  /** Something that may have been its own was left out: it must be assigned anew, or it would have a gap. */
  missed: boolean;
  /** It has all from here to there that the topic still has. */
  fromOffset: number;
  nextOffset: number;
}

export class KafkaTails {
  readonly #reader: KafkaReader;
  readonly #topic: string;
  readonly #logger: Logger;
  readonly #tails = new Map<number, Tail>();
  readonly #wakeups = new Wakeups();
  #pull = 0;
  #pulling: Promise<void> | undefined;
  #closed = false;

  static async open(brokers: string, topic: string, logger: Logger): Promise<KafkaTails> {
    const { KafkaConsumer } = loadKafka();
    const reader = new KafkaConsumer(
      {
        'bootstrap.servers': brokers,
        'group.id': 'wayside-judges', // asked for by the client; no group is joined
        'enable.auto.commit': false,
        'fetch.wait.max.ms': 100,
        'fetch.queue.backoff.ms': 20,
        'queued.min.messages': 1_000,
        'queued.max.messages.kbytes': 8_192,
      },
      { 'auto.offset.reset': 'earliest' },
    );
    reader.on('event.error', (error: Error) => logger.warn({ err: error }, 'the Kafka reader met a fault'));
    reader.setDefaultConsumeTimeout(PULL_WAIT_MS);
    await connected(reader);
    return new KafkaTails(reader, topic, logger);
  }

  constructor(reader: KafkaReader, topic: string, logger: Logger) {
    this.#reader = reader;
    this.#topic = topic;
    this.#logger = logger;
  }

  /** What is at hand from this offset on; reading elsewhere than on from before moves there. */
  read(partition: number, fromOffset: number, limit: number): readonly KafkaMessage[] {
    const tail = this.#tails.get(partition);
    if (!tail || !drop(tail, fromOffset)) {
      this.#assign(partition, fromOffset);
      return [];
    }
    if (tail.paused && tail.messages.length < FULL_MESSAGES / 2 && tail.bytes < FULL_BYTES / 2) {
      this.#reader.resume([{ topic: this.#topic, partition }]);
      tail.paused = false;
    }
    return within(tail.messages, Math.min(limit, MAX_READ_MESSAGES));
  }

  head(partition: number): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#reader.queryWatermarkOffsets(this.#topic, partition, QUERY_TIMEOUT_MS, (error, offsets) => {
        if (error) reject(error);
        else resolve(offsets.highOffset);
      }),
    );
  }

  changed(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return this.#wakeups.wait(timeoutMs, signal);
  }

  leave(partition: number): void {
    if (!this.#tails.delete(partition) || this.#closed) return;
    this.#reader.incrementalUnassign([{ topic: this.#topic, partition }]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#pulling;
    await disconnected(this.#reader);
  }

  #assign(partition: number, offset: number): void {
    this.leave(partition);
    this.#tails.set(partition, {
      messages: [],
      bytes: 0,
      paused: false,
      sincePull: this.#pull + 1,
      missed: false,
      fromOffset: offset,
      nextOffset: offset,
    });
    this.#reader.incrementalAssign([{ topic: this.#topic, partition, offset }]);
    this.#pulling ??= this.#pullOn().finally(() => (this.#pulling = undefined));
  }

  async #pullOn(): Promise<void> {
    while (!this.#closed && this.#tails.size > 0) {
      this.#pull++;
      try {
        const messages = await this.#pullOnce();
        for (const message of messages) this.#keep(message);
        this.#askAgain();
        if (messages.length > 0) this.#wakeups.wake();
      } catch (error) {
        this.#logger.warn({ err: error }, 'pulling from Kafka failed; it is tried again');
        await sleep(200);
      }
    }
  }

  #pullOnce(): Promise<readonly KafkaMessage[]> {
    return new Promise((resolve, reject) =>
      this.#reader.consume(PULL, (error, messages) => (error ? reject(error) : resolve(messages))),
    );
  }

  /** Between two pulls nothing is on its way, so that what comes next is the new tail's. */
  #askAgain(): void {
    for (const [partition, { missed, nextOffset }] of [...this.#tails])
      if (missed) this.#assign(partition, nextOffset);
  }

  #keep(message: KafkaMessage): void {
    const { partition, offset, value } = message;
    const tail = this.#tails.get(partition);
    if (!tail || offset < tail.nextOffset) return;
    tail.missed ||= tail.sincePull > this.#pull;
    if (tail.missed) return;
    tail.messages.push(message);
    tail.bytes += value.length;
    tail.nextOffset = offset + 1;
    if (tail.paused || (tail.messages.length < FULL_MESSAGES && tail.bytes < FULL_BYTES)) return;
    this.#reader.pause([{ topic: this.#topic, partition }]);
    tail.paused = true;
  }
}

/** At least one, where there is one. */
function within(messages: readonly KafkaMessage[], limit: number): readonly KafkaMessage[] {
  let bytes = 0;
  const end = messages.findIndex(({ value }, at) => at === limit || (bytes += value.length) > MAX_READ_BYTES);
  return end === -1 ? messages.slice() : messages.slice(0, Math.max(1, end));
}

/** Lets go of what stands before an offset. @returns whether the tail goes on from there. */
function drop(tail: Tail, fromOffset: number): boolean {
  if (fromOffset < tail.fromOffset || fromOffset > tail.nextOffset) return false;
  const at = tail.messages.findIndex(({ offset }) => offset >= fromOffset);
  const dropped = tail.messages.splice(0, at === -1 ? tail.messages.length : at);
  for (const { value } of dropped) tail.bytes -= value.length;
  tail.fromOffset = fromOffset;
  return true;
}
