/**
 * 1,000 workers on 10 accounts. Each job places holds on several of the accounts, named in whatever order, and posts or
 * releases holds that others placed. A deadlock (SQLSTATE 40P01) would fail the job: none is tried again.
 */
import type { Database } from '@wayside/pipeline/app/database';
import { placeHolds, type DueHold } from '@wayside/pipeline/app/ledger/place-holds';
import { resolveHold } from '@wayside/pipeline/app/ledger/resolve-hold';
import { ledgerChecks } from '@wayside/pipeline/app/verify/ledger-checks';
import { shippedProfiles } from '@wayside/pipeline/testing/case-house';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { makeDue, removeAll } from './ledger-due.ts';

const QUEUE = 'bench-contention';
const WORKERS = 1_000;
const JOBS = 5_000;
const ACCOUNTS = 10;
const HOLDS_A_JOB = 4;

export async function contend(database: Database, redisUrl: string): Promise<object> {
  await makeDue(database, JOBS * HOLDS_A_JOB, ACCOUNTS);
  const holds = await database.query<DueHold>(
    `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
       detected_at_ms AS "detectedAtMs" FROM hold_due ORDER BY hold_id`,
  );
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue(QUEUE, { connection });
  await queue.addBulk(
    Array.from({ length: JOBS }, (_, job) => ({
      name: 'work',
      data: { job },
      opts: { removeOnComplete: true },
    })),
  );
  const errors = new Map<string, number>();
  let most = 0;
  let running = 0;
  const startedAt = Date.now();
  const worker = new Worker<{ readonly job: number }>(
    QUEUE,
    async ({ data: { job } }) => {
      most = Math.max(most, (running += 1));
      await work(database, holds, job).finally(() => (running -= 1));
    },
    { connection: connection.duplicate(), concurrency: WORKERS, lockDuration: 300_000 },
  );
  await new Promise<void>((resolve) => {
    let open = JOBS;
    const one = (): void => {
      open -= 1;
      if (open === 0) resolve();
    };
    worker.on('completed', one);
    worker.on('failed', (_job, error) => {
      const code = (error as { code?: string }).code ?? error.message;
      errors.set(code, (errors.get(code) ?? 0) + 1);
      one();
    });
  });
  const seconds = (Date.now() - startedAt) / 1000;
  await worker.close();
  await queue.close();
  connection.disconnect();
  const faults = (await ledgerChecks(database)).filter(({ ok }) => !ok);
  await removeAll(database);
  return {
    workers: most,
    accounts: ACCOUNTS,
    transactions: JOBS * 3,
    transactionsPerSecond: Math.round((JOBS * 3) / seconds),
    deadlocks: errors.get('40P01') ?? 0,
    otherErrors: Object.fromEntries([...errors].filter(([code]) => code !== '40P01')),
    balanced: faults.length === 0,
  };
}

async function work(database: Database, holds: readonly DueHold[], job: number): Promise<void> {
  const own = holds.slice(job * HOLDS_A_JOB, (job + 1) * HOLDS_A_JOB);
  await database.transaction((tx) =>
    placeHolds(tx, job % 2 === 0 ? own : own.toReversed(), profileOf, Date.now()),
  );
  for (const [i, resolution] of (['post', 'release'] as const).entries()) {
    const other = holds[((job * 31 + i * 17) % JOBS) * HOLDS_A_JOB + i];
    if (other)
      await database.transaction((tx) =>
        resolveHold(tx, other.holdId, resolution, 'bench:contention', Date.now()),
      );
  }
}

const profiles = new Map(shippedProfiles().map((profile) => [profile.id, profile]));
const profileOf = (scheme: string) => profiles.get(scheme);
