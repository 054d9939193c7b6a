import { describe, expect, it } from 'vitest';
import { LogPace } from './log-pace.ts';

async function isWaiting(entry: Promise<void>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([entry, new Promise((resolve) => setImmediate(resolve, open))])) === open;
}

describe('the pace of a log', () => {
  it('lets anybody append while nobody reads', async () => {
    const pace = new LogPace(3);
    pace.appended(0, 100);
    expect(await isWaiting(pace.room())).toBe(false);
  });

  it('makes the writer wait until its reader has come close', async () => {
    const pace = new LogPace(3);
    pace.reads(0, 1);
    pace.appended(0, 2);
    expect(await isWaiting(pace.room())).toBe(false);
    pace.appended(0, 3);
    const entry = pace.room();
    expect(await isWaiting(entry)).toBe(true);
    pace.reads(0, 2);
    expect(await isWaiting(entry)).toBe(false);
  });

  it('counts what is unread over all partitions', async () => {
    const pace = new LogPace(3);
    for (const partition of [0, 1]) {
      pace.reads(partition, 1);
      pace.appended(partition, 2);
    }
    const entry = pace.room();
    expect(await isWaiting(entry)).toBe(true);
    pace.reads(1, 3);
    expect(await isWaiting(entry)).toBe(false);
  });
});
