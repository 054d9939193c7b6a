/** The JobQueue port: one behaviour, on BullMQ's Postgres backend and on its Redis backend. */
import { openPostgresQueue, openRedisQueue } from '@wayside/pipeline/adapters/bullmq-queue';
import { openPgliteDatabase } from '@wayside/pipeline/adapters/pglite-database';
import { pgPoolLike } from '@wayside/pipeline/adapters/pglite-pool';
import type { JobQueue } from '@wayside/pipeline/app/job-queue';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const silent = pino({ level: 'silent' });
const redis = process.env['WAYSIDE_TEST_REDIS'];
const patient = { interval: 10, timeout: 30_000 };

interface OpenQueue {
  readonly queue: JobQueue;
  close(): Promise<void>;
}

async function onPglite(): Promise<OpenQueue> {
  const database = await openPgliteDatabase();
  const queue = await openPostgresQueue(pgPoolLike(database), silent);
  return {
    queue,
    close: async () => {
      await queue.close();
      await database.close();
    },
  };
}

async function onRedis(): Promise<OpenQueue> {
  const client = new Redis(redis ?? '');
  await client.flushall();
  client.disconnect();
  const queue = openRedisQueue(redis ?? '', silent);
  // the connection is made behind its back
  for (let ready = false; !ready; await new Promise((resolve) => setTimeout(resolve, 50)))
    ready = await queue.wake().then(
      () => true,
      () => false,
    );
  return { queue, close: () => queue.close() };
}

describe.each([
  { name: 'PGlite', open: onPglite, skipped: false },
  {
    name: `Redis${redis === undefined ? ' (skipped: WAYSIDE_TEST_REDIS is not set)' : ''}`,
    open: onRedis,
    skipped: redis === undefined,
  },
])('a queue on $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('', () => {
    let opened: OpenQueue;
    let looked = 0;
    let look: () => Promise<void> = () => Promise.resolve();
    beforeAll(async () => {
      opened = await open();
      await opened.queue.work(() => {
        looked++;
        return look();
      });
    });
    afterAll(() => opened.close());

    it('looks after it is woken', async () => {
      const before = looked;
      await opened.queue.wake();
      await expect.poll(() => looked, patient).toBeGreaterThan(before);
    });

    it('looks again after a wake-up that came while it was looking', async () => {
      let finish: () => void = () => undefined;
      look = () => new Promise((resolve) => (finish = resolve));
      const before = looked;
      await opened.queue.wake();
      await expect.poll(() => looked, patient).toBeGreaterThan(before);
      const during = looked;
      for (let times = 0; times < 5; times++) await opened.queue.wake();
      look = () => Promise.resolve();
      finish();
      await expect.poll(() => looked, patient).toBeGreaterThan(during);
      expect(looked).toBeLessThan(during + 5);
    });

    it('goes on after a look that failed', async () => {
      look = () => Promise.reject(new Error('the database is down'));
      const before = looked;
      await opened.queue.wake();
      await expect.poll(() => looked, patient).toBeGreaterThan(before);
      look = () => Promise.resolve();
      const failed = looked;
      await expect
        .poll(async () => {
          await opened.queue.wake();
          return looked;
        }, patient)
        .toBeGreaterThan(failed);
    });
  });
});
