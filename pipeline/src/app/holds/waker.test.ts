import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createWaker } from './waker.ts';

const silent = pino({ level: 'silent' });
const queueOf = (wake: () => Promise<void>) => ({
  wake,
  work: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

describe('the waker', () => {
  it('folds what is asked for while a wake-up is on its way into one more', async () => {
    let sent = 0;
    const waker = createWaker(
      queueOf(async () => {
        sent += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }),
      silent,
    );
    for (let i = 0; i < 5; i++) waker.wake();
    await waker.settled();
    expect(sent).toBe(2);
    waker.wake();
    await waker.settled();
    expect(sent).toBe(3);
  });

  it('leaves a wake-up that failed to the sweeper, and says so once while it lasts', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
    const waker = createWaker(
      queueOf(() => Promise.reject(new Error('down'))),
      logger,
    );
    for (let i = 0; i < 3; i++) {
      waker.wake();
      await waker.settled();
    }
    expect(lines).toHaveLength(1);
  });
});
