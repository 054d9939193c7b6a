import { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { KafkaMessage, KafkaReader } from './kafka-client.ts';
import { KafkaTails } from './kafka-tail.ts';

const message = (partition: number, offset: number): KafkaMessage => ({
  partition,
  offset,
  value: Buffer.from(`${partition}/${offset}`),
  timestamp: 0,
});

type Pulled = (error: Error | null, messages: readonly KafkaMessage[]) => void;

/** A client whose pulls are answered by the test; what was assigned stands in `at`. */
class FakeReader extends EventEmitter {
  readonly at = new Map<number, number>();
  readonly pulls: Pulled[] = [];
  incrementalAssign(assigned: readonly { readonly partition: number; readonly offset?: number }[]): void {
    for (const { partition, offset = 0 } of assigned) this.at.set(partition, offset);
  }
  incrementalUnassign(assigned: readonly { readonly partition: number }[]): void {
    for (const { partition } of assigned) this.at.delete(partition);
  }
  consume(_count: number, done: Pulled): void {
    this.pulls.push(done);
  }
  pause(): void {}
  resume(): void {}
  disconnect(done: () => void): void {
    for (const pull of this.pulls.splice(0)) pull(null, []);
    done();
  }
  /** Answers the pull that is under way, and waits for the next. */
  async answer(messages: readonly KafkaMessage[]): Promise<void> {
    this.pulls.shift()?.(null, messages);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the tails of a topic', () => {
  let close: () => Promise<void> = () => Promise.resolve();
  afterEach(() => close());

  function open() {
    const fake = new FakeReader();
    const tails = new KafkaTails(fake as unknown as KafkaReader, 'log', pino({ level: 'silent' }));
    close = async () => {
      const closing = tails.close();
      await fake.answer([]);
      await closing;
    };
    const offsets = (partition: number, from: number) =>
      tails.read(partition, from, 100).map(({ offset }) => offset);
    return { fake, tails, offsets };
  }

  it('leave nothing out of a partition whose first messages came with a pull that began before it', async () => {
    const { fake, offsets } = open();
    expect(offsets(0, 0)).toEqual([]);
    expect(offsets(1, 5)).toEqual([]); // the pull for partition 0 is under way
    await fake.answer([message(0, 0), message(1, 5), message(1, 6)]);
    expect(fake.at.get(1)).toBe(5); // asked for again
    await fake.answer([message(1, 5), message(1, 6), message(1, 7)]);
    expect(offsets(1, 5)).toEqual([5, 6, 7]);
    expect(offsets(0, 0)).toEqual([0]);
  });

  it('take nothing of an earlier assignment for what follows the place they were moved to', async () => {
    const { fake, offsets } = open();
    offsets(0, 500);
    await fake.answer([message(0, 500)]);
    offsets(0, 100); // moved back, while a pull for what follows 500 is under way
    await fake.answer([message(0, 501), message(0, 502)]);
    await fake.answer([message(0, 100), message(0, 101)]);
    expect(offsets(0, 100)).toEqual([100, 101]);
  });
});
