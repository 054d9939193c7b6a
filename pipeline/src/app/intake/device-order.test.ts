import { describe, expect, it } from 'vitest';
import { DeviceOrder } from './device-order.ts';

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
