import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresQueue, openRedisQueue } from './bullmq-queue.ts';
import { openPgliteDatabase, type PgliteDatabase } from './pglite-database.ts';
import { pgPoolLike } from './pglite-pool.ts';

const silent = pino({ level: 'silent' });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the queue on Postgres', () => {
  let database: PgliteDatabase;
  beforeAll(async () => {
    database = await openPgliteDatabase();
  });
  afterAll(() => database.close());

  it('looks soon after it is woken, also when it has been idle', async () => {
    const queue = await openPostgresQueue(pgPoolLike(database), silent);
    let looked = 0;
    await queue.work(() => {
      looked += 1;
      return Promise.resolve();
    });
    for (let wakeUp = 1; wakeUp <= 3; wakeUp++) {
      await sleep(100);
      const askedAtMs = performance.now();
      await queue.wake();
      await expect.poll(() => looked, { interval: 5, timeout: 5_000 }).toBe(wakeUp);
      expect(performance.now() - askedAtMs).toBeLessThan(2_000);
    }
    await queue.close();
  });

  it('looks again after a wake-up that came while it was looking, and folds those that came together', async () => {
    const queue = await openPostgresQueue(pgPoolLike(database), silent);
    let looked = 0;
    let finish: () => void = () => undefined;
    await queue.work(() => {
      looked += 1;
      return new Promise((resolve) => (finish = resolve));
    });
    await queue.wake();
    await expect.poll(() => looked).toBe(1);
    for (let i = 0; i < 5; i++) await queue.wake();
    finish();
    await expect.poll(() => looked).toBe(2);
    finish();
    await sleep(300);
    expect(looked).toBe(2);
    await queue.close();
  });

  it('keeps working after a look that failed', async () => {
    const queue = await openPostgresQueue(pgPoolLike(database), silent);
    let looked = 0;
    await queue.work(() => {
      looked += 1;
      return looked === 1 ? Promise.reject(new Error('the database is down')) : Promise.resolve();
    });
    await queue.wake();
    await expect.poll(() => looked).toBe(1);
    await sleep(200);
    await queue.wake();
    await expect.poll(() => looked).toBe(2);
    await queue.close();
  });
});

describe('the queue on Redis', () => {
  it('says so within seconds while Redis is down', async () => {
    const queue = openRedisQueue('redis://127.0.0.1:1', silent);
    const askedAtMs = performance.now();
    await expect(queue.wake()).rejects.toThrow();
    expect(performance.now() - askedAtMs).toBeLessThan(6_000);
    await queue.close();
  });
});
