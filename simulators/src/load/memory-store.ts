/**
 * Outboxes in memory, for a benchmark's cameras only: what counts there is what the house takes, not the device's disk.
 * A message's time here is the time from its sending to its PUBACK.
 */
import { openOutbox, type Change, type Outbox, type Table } from '@wayside/edge/uplink/outbox';
import type { OutboxStore } from '@wayside/edge/uplink/outbox-store';

/** @param onAcknowledged told how long each message waited, in ms. */
export function memoryStore(onAcknowledged: (ms: number) => void, clock: () => number): OutboxStore {
  return {
    outbox: (): Promise<Outbox> =>
      openOutbox({ table: memoryTable(onAcknowledged, clock), release: () => undefined }),
    close: () => Promise.resolve(),
  };
}

interface Stored {
  readonly value: Buffer;
  readonly atMs: number;
}

/** Keys of messages sort by their sequence, and come in that order: insertion order is key order. */
function memoryTable(onAcknowledged: (ms: number) => void, clock: () => number): Table {
  const messages = new Map<string, Stored>();
  const values = new Map<string, Buffer>();
  const inRange = (key: string, range: { readonly gte: string; readonly lt: string }): boolean =>
    key >= range.gte && key < range.lt;
  const apply = (change: Change): void => {
    const isMessage = change.key.startsWith('m/');
    if (change.type === 'put') {
      if (isMessage) messages.set(change.key, { value: change.value, atMs: clock() });
      else values.set(change.key, change.value);
      return;
    }
    const stored = messages.get(change.key);
    if (stored && messages.delete(change.key)) onAcknowledged(clock() - stored.atMs);
  };
  return {
    get: (key) => Promise.resolve(values.get(key)),
    async *keys(range) {
      for (const key of messages.keys()) if (inRange(key, range)) yield await Promise.resolve(key);
    },
    entries(range) {
      const found: [string, Buffer][] = [];
      for (const [key, { value }] of messages) {
        if (found.length >= (range.limit ?? Infinity)) break;
        if (inRange(key, range)) found.push([key, value]);
      }
      return Promise.resolve(found);
    },
    write(changes) {
      changes.forEach(apply);
      return Promise.resolve();
    },
  };
}
