/**
 * The durable outbox of one device: its messages in order, the last sequence number given out, and the count of what
 * it had to refuse. The number is stored in the same atomic write as the message, so it is never given twice.
 */
import type { Channel } from '@wayside/contracts/topics';
import { keysAfter, outboxKey, parseOutboxKey, type OutboxKey } from './outbox-key.ts';

export type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: Buffer }
  | { readonly type: 'del'; readonly key: string };

interface Range {
  readonly gte: string;
  readonly lt: string;
  readonly limit?: number;
}

/** An ordered table, as LevelDB has it. */
export interface Table {
  get(key: string): Promise<Buffer | undefined>;
  keys(range: Range): AsyncIterable<string>;
  entries(range: Range): Promise<[string, Buffer][]>;
  /** All the changes or none. */
  write(changes: readonly Change[]): Promise<void>;
}

export interface StoredMessage extends OutboxKey {
  readonly payload: Buffer;
}

export interface Outbox {
  /** Messages being stored, or stored and not removed. */
  readonly waiting: number;
  readonly waitingBytes: number;
  /** What was refused because the outbox was full, over the life of the device. */
  readonly dropped: number;
  readonly lastSequence: number;
  /** Stores one message under the next sequence number; resolves when it would survive the death of the process. */
  append(channel: Channel, payloadOf: (sequence: number) => Buffer): Promise<OutboxKey>;
  /** The next messages after a sequence number, in order. */
  after(sequence: number, limit: number): Promise<StoredMessage[]>;
  remove(message: OutboxKey): Promise<void>;
  noteDropped(count: number): Promise<void>;
  /** Lets the device be opened again; nothing may be written afterwards. */
  release(): void;
}

const LAST_SEQUENCE = 'last-sequence';
const DROPPED = 'dropped';

export async function openOutbox(of: {
  readonly table: Table;
  readonly release: () => void;
}): Promise<Outbox> {
  const { table, release } = of;
  let lastSequence = await readNumber(table, LAST_SEQUENCE);
  let dropped = await readNumber(table, DROPPED);
  let { waiting, waitingBytes } = await countWaiting(table);

  const count = ({ bytes }: OutboxKey, messages: 1 | -1) => {
    waiting += messages;
    waitingBytes += messages * bytes;
  };

  return {
    get waiting() {
      return waiting;
    },
    get waitingBytes() {
      return waitingBytes;
    },
    get dropped() {
      return dropped;
    },
    get lastSequence() {
      return lastSequence;
    },

    async append(channel, payloadOf) {
      const sequence = ++lastSequence;
      const payload = payloadOf(sequence);
      const key: OutboxKey = { sequence, channel, bytes: payload.length };
      count(key, 1);
      try {
        await table.write([
          { type: 'put', key: outboxKey(key), value: payload },
          { type: 'put', key: LAST_SEQUENCE, value: Buffer.from(String(sequence)) },
        ]);
      } catch (error) {
        count(key, -1);
        throw error;
      }
      return key;
    },

    async after(sequence, limit) {
      const entries = await table.entries({ ...keysAfter(sequence), limit });
      return entries.map(([key, payload]) => ({ ...parseOutboxKey(key), payload }));
    },

    async remove(message) {
      await table.write([{ type: 'del', key: outboxKey(message) }]);
      count(message, -1);
    },

    async noteDropped(count) {
      dropped += count;
      await table.write([{ type: 'put', key: DROPPED, value: Buffer.from(String(dropped)) }]);
    },

    release,
  };
}

async function readNumber(table: Table, key: string): Promise<number> {
  const value = await table.get(key);
  return value === undefined ? 0 : Number(value.toString());
}

async function countWaiting(table: Table): Promise<{ waiting: number; waitingBytes: number }> {
  let waiting = 0;
  let waitingBytes = 0;
  for await (const key of table.keys(keysAfter(0))) {
    waiting++;
    waitingBytes += parseOutboxKey(key).bytes;
  }
  return { waiting, waitingBytes };
}
