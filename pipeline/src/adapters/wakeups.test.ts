import { describe, expect, it } from 'vitest';
import { Wakeups } from './wakeups.ts';

const never = new AbortController().signal;
const LONG_MS = 60_000;

describe('waiting for an append', () => {
  it('ends at the next wake, for all who wait', async () => {
    const wakeups = new Wakeups();
    const both = Promise.all([wakeups.wait(LONG_MS, never), wakeups.wait(LONG_MS, never)]);
    wakeups.wake();
    await both;
  });

  it('ends at once where the wake came before, once', async () => {
    const wakeups = new Wakeups();
    wakeups.wake();
    await wakeups.wait(LONG_MS, never);
    const started = performance.now();
    await wakeups.wait(20, never);
    expect(performance.now() - started).toBeGreaterThan(15);
  });

  it('ends when aborted', async () => {
    const aborted = new AbortController();
    const waiting = new Wakeups().wait(LONG_MS, aborted.signal);
    aborted.abort();
    await waiting;
  });
});
