import { describe, expect, it } from 'vitest';
import { DeviceOrder } from './device-order.ts';
import type { HeldMessage, KnownMessage } from './held-messages.ts';

const turn = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));

function setUp(durable: Record<string, number> = {}, waitMs = 60_000, impatientMs = waitMs) {
  const state = { durable, asked: 0 };
  const order = new DeviceOrder({
    lastSequences: (devices) => {
      state.asked++;
      return Promise.resolve(
        new Map(devices.flatMap((device) => (device in durable ? [[device, durable[device] ?? 0]] : []))),
      );
    },
    waitMs,
    impatientMs,
  });
  const entered: string[] = [];
  const enter = (device: string, sequence: number) =>
    order.turn({ device, sequence }).then(() => entered.push(`${device}/${sequence}`));
  return { state, entered, enter };
}

describe('the order of a device', () => {
  it('lets a new device begin, and who follows itself go on, without asking anybody', async () => {
    const { state, entered, enter } = setUp();
    for (const sequence of [1, 2, 3, 2, 0]) await enter('a', sequence);
    expect(entered).toHaveLength(5);
    expect(state.asked).toBe(0);
  });

  it('makes a message wait until another intake has stored the one before it', async () => {
    const { state, entered, enter } = setUp({ a: 4 });
    const waiting = enter('a', 6);
    await enter('b', 1);
    await turn();
    expect(entered).toEqual(['b/1']);
    state.durable['a'] = 5;
    await waiting;
    expect(entered).toEqual(['b/1', 'a/6']);
  });

  it('turns about what came the wrong way round, at once', async () => {
    const { entered, enter } = setUp();
    await Promise.all([enter('a', 3), enter('a', 2), enter('a', 1)]);
    expect(entered).toEqual(['a/1', 'a/2', 'a/3']);
  });

  it('waits for a sequence that never comes, but not for ever', async () => {
    const { entered, enter } = setUp({ a: 4 }, 50);
    await enter('a', 9);
    await enter('a', 10);
    expect(entered).toEqual(['a/9', 'a/10']);
  });

  it('waits behind a gap that it has given up for what is only held up', async () => {
    const { state, entered, enter } = setUp({ a: 4 }, 400);
    await enter('a', 9);
    const later = enter('a', 11);
    await turn(250);
    expect(entered).toEqual(['a/9']);
    state.durable['a'] = 10;
    await later;
    expect(entered).toEqual(['a/9', 'a/11']);
  });

  it('waits shortly for a device of many gaps only', async () => {
    const { entered, enter } = setUp({ a: 4 }, 300, 10);
    for (const sequence of [9, 19, 29]) {
      const waiting = enter('a', sequence);
      await turn(150);
      expect(entered).not.toContain(`a/${sequence}`);
      await waiting;
    }
    const waiting = enter('a', 39);
    await turn(150);
    expect(entered).toContain('a/39');
    await waiting;
  });

  it('fails who waits when the log cannot be asked', async () => {
    const order = new DeviceOrder({ lastSequences: () => Promise.reject(new Error('down')) });
    await expect(order.turn({ device: 'a', sequence: 7 })).rejects.toThrow('down');
  });
});

interface Row {
  readonly sinceMs: number;
  readonly toldAtMs: number;
}

/** A log and a table that several intakes share; what may enter is durable at once. */
class Shared {
  readonly stored: number[] = [];
  readonly rows = new Map<number, Row>();
  tells = 0;
  last: number;
  readonly #waitMs: number;

  constructor(last: number, waitMs: number) {
    this.last = last;
    this.#waitMs = waitMs;
  }

  intake() {
    const state = { isAlive: true };
    const alive = <T>(answer: () => T) =>
      state.isAlive ? Promise.resolve(answer()) : Promise.reject(new Error('killed'));
    const order = new DeviceOrder({
      lastSequences: () => alive(() => new Map([['a', this.last]])),
      tellHeld: (held) => alive(() => this.#tell(held)),
      waitMs: this.#waitMs,
      tellEveryMs: 60,
    });
    return {
      kill: () => (state.isAlive = false),
      take: (sequence: number) => order.turn({ device: 'a', sequence }).then(() => this.store(sequence)),
    };
  }

  store(sequence: number): void {
    this.stored.push(sequence);
    this.last = Math.max(this.last, sequence);
  }

  #tell(held: readonly HeldMessage[]): readonly KnownMessage[] {
    this.tells++;
    const nowMs = performance.now();
    for (const sequence of this.rows.keys()) if (sequence <= this.last) this.rows.delete(sequence);
    for (const { sequence, waitedMs } of held) {
      const sinceMs = Math.min(nowMs - waitedMs, this.rows.get(sequence)?.sinceMs ?? Infinity);
      this.rows.set(sequence, { sinceMs, toldAtMs: nowMs });
    }
    return [...this.rows].map(([sequence, { sinceMs, toldAtMs }]) => ({
      device: 'a',
      sequence,
      waitedMs: nowMs - sinceMs,
      untoldMs: nowMs - toldAtMs,
    }));
  }
}

describe('intakes that share a device, behind a gap', () => {
  const WAIT_MS = 300;

  it('let in first what was held first, though its holder died and another had it late', async () => {
    const shared = new Shared(479, WAIT_MS);
    const [a, b, c] = [shared.intake(), shared.intake(), shared.intake()];
    const startedAtMs = performance.now();
    const killed = expect(a.take(481)).rejects.toThrow('killed');
    const others = [b.take(482), c.take(483), b.take(484)];
    await turn(200);
    a.kill();
    await killed;
    await turn(200);
    expect(shared.stored).toEqual([]); // their patience is over, and they wait for what is on its way
    await Promise.all([c.take(481), ...others]);
    expect(shared.stored).toEqual([481, 482, 483, 484]);
    expect(performance.now() - startedAtMs).toBeLessThan(400 + WAIT_MS); // it did not begin to wait anew
  });

  it('let in what comes late as soon as what is behind it has waited for long enough', async () => {
    const shared = new Shared(479, WAIT_MS);
    const [a, b] = [shared.intake(), shared.intake()];
    const startedAtMs = performance.now();
    const behind = a.take(482);
    await turn(200);
    await Promise.all([b.take(481), behind]);
    expect(shared.stored).toEqual([481, 482]);
    expect(performance.now() - startedAtMs).toBeLessThan(200 + WAIT_MS);
  });

  it('wait for one that its holder has let in and not stored yet', async () => {
    const shared = new Shared(479, WAIT_MS);
    const [a, b] = [shared.intake(), shared.intake()];
    shared.rows.set(481, { sinceMs: performance.now(), toldAtMs: performance.now() + 100 });
    const behind = Promise.all([a.take(482), b.take(483)]);
    await turn(WAIT_MS + 60);
    expect(shared.stored).toEqual([]);
    shared.store(481);
    await behind;
    expect(shared.stored).toEqual([481, 482, 483]);
  });

  it('give up one that nobody holds any more, and keep the order of the others', async () => {
    const shared = new Shared(479, WAIT_MS);
    const [a, b, c] = [shared.intake(), shared.intake(), shared.intake()];
    const startedAtMs = performance.now();
    const killed = expect(a.take(481)).rejects.toThrow('killed');
    const others = Promise.all([c.take(483), b.take(482), c.take(485), b.take(484)]);
    await turn(150);
    a.kill();
    await killed;
    await others;
    expect(shared.stored).toEqual([482, 483, 484, 485]);
    expect(performance.now() - startedAtMs).toBeGreaterThan(WAIT_MS + 50);
  });

  it('wait no longer than twice their patience, whatever the others tell', async () => {
    const shared = new Shared(479, 100);
    const told = setInterval(() => shared.rows.set(481, { sinceMs: 0, toldAtMs: performance.now() }), 5);
    const startedAtMs = performance.now();
    await shared.intake().take(482);
    clearInterval(told);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(199);
  });

  it('tell nothing of what is soon resolved, and forget what is durable', async () => {
    const shared = new Shared(479, WAIT_MS);
    const [a, b] = [shared.intake(), shared.intake()];
    const waiting = a.take(481);
    await turn(5);
    await b.take(480);
    await waiting;
    await turn(150);
    expect(shared.tells).toBe(0);
    await Promise.all([a.take(484), b.take(483)]);
    expect(shared.stored).toEqual([480, 481, 483, 484]);
    expect(shared.rows.size).toBeGreaterThan(0);
    await expect.poll(() => shared.rows.size).toBe(0);
    await turn(150);
    const { tells } = shared;
    await turn(150);
    expect(shared.tells).toBe(tells);
  });

  it('fail who waits when the table cannot be asked', async () => {
    const order = new DeviceOrder({
      lastSequences: () => Promise.resolve(new Map()),
      tellHeld: () => Promise.reject(new Error('no table')),
      tellEveryMs: 10,
    });
    await expect(order.turn({ device: 'a', sequence: 7 })).rejects.toThrow('no table');
  });
});
