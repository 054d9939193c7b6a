/** Everything a test makes, unmade after it, last first. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOutboxStore, type OutboxStore } from '../uplink/outbox-store.ts';
import { openUplink } from '../uplink/open-uplink.ts';
import type { Uplink, UplinkOptions } from '../uplink/uplink.ts';
import { startBroker, type Behaviour, type TestBroker } from './broker.ts';

/** How long a test waits for what must come; long, because machines that run tests are busy. */
export const SOON = { timeout: 20_000 };

export interface BenchTop {
  dir(): Promise<string>;
  broker(behaviour?: Behaviour): Promise<TestBroker>;
  store(dir?: string): Promise<OutboxStore>;
  /** An uplink with short pauses; made orderly at the end only where the test does so itself. */
  uplink(options: Pick<UplinkOptions, 'store' | 'brokerUrl'> & Partial<UplinkOptions>): Promise<Uplink>;
  /** Registers something else to be undone. */
  later(undo: () => unknown): void;
  clear(): Promise<void>;
}

export function benchTop(): BenchTop {
  const undo: (() => unknown)[] = [];
  const top: BenchTop = {
    later: (step) => void undo.push(step),
    async dir() {
      const dir = await mkdtemp(join(tmpdir(), 'wayside-edge-'));
      undo.push(() => rm(dir, { recursive: true, force: true }));
      return dir;
    },
    async broker(behaviour) {
      const broker = await startBroker(behaviour);
      undo.push(() => broker.close());
      return broker;
    },
    async store(dir) {
      const store = await openOutboxStore(dir ?? (await top.dir()));
      undo.push(() => store.close());
      return store;
    },
    async uplink(options) {
      const uplink = await openUplink({
        device: 'camera-1',
        kind: 'camera',
        software: 'test 1',
        backoff: { firstMs: 10, longestMs: 100 },
        ...options,
      });
      undo.push(() => uplink.stop({ flushTimeoutMs: 1 }));
      return uplink;
    },
    async clear() {
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
  return top;
}
