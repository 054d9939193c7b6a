/** The edge's own outboxes, which note an acknowledgement before they forget the message. */
import type { OutboxStore } from '@wayside/edge/uplink/outbox-store';
import type { Journal } from '../fates/journal.ts';

export function notingStore(store: OutboxStore, journal: Journal): OutboxStore {
  return {
    outbox: async (device) => {
      const outbox = await store.outbox(device);
      return {
        get waiting() {
          return outbox.waiting;
        },
        get waitingBytes() {
          return outbox.waitingBytes;
        },
        get dropped() {
          return outbox.dropped;
        },
        get lastSequence() {
          return outbox.lastSequence;
        },
        append: (channel, payloadOf) => outbox.append(channel, payloadOf),
        after: (sequence, limit) => outbox.after(sequence, limit),
        remove: async (message) => {
          await journal.write(['acknowledged', device, message.sequence, Date.now()]);
          await outbox.remove(message);
        },
        noteDropped: (count) => outbox.noteDropped(count),
        release: () => outbox.release(),
      };
    },
    close: () => store.close(),
  };
}
