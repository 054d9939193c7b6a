/** The other way to do it: a job and a transaction for each hold. Its jobs wait in the queue before the clock starts. */
import { placeHolds, type DueHold } from '@wayside/pipeline/app/ledger/place-holds';
import type { Database } from '@wayside/pipeline/app/database';
import { shippedProfiles } from '@wayside/pipeline/testing/case-house';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const QUEUE = 'bench-one-by-one';
/** Jobs at a time; what was fastest here of 10, 25, 50 and 100. */
const CONCURRENCY = 50;

/** It is stopped after this long: its rate is known by then. */
const MOST_MS = 15_000;

/** @returns holds a second, from the start of the worker. */
export async function placeOneByOne(database: Database, redisUrl: string): Promise<number> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue(QUEUE, { connection });
  const due = await database.query<{ readonly holdId: string }>('SELECT hold_id AS "holdId" FROM hold_due');
  for (let from = 0; from < due.length; from += 1_000)
    await queue.addBulk(
      due
        .slice(from, from + 1_000)
        .map(({ holdId }) => ({ name: 'hold', data: { holdId }, opts: { removeOnComplete: true } })),
    );
  let placed = 0;
  const startedAt = process.hrtime.bigint();
  const worker = new Worker<{ readonly holdId: string }>(
    QUEUE,
    ({ data }) => placeOne(database, data.holdId),
    {
      connection: connection.duplicate(),
      concurrency: CONCURRENCY,
    },
  );
  let late: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    late = setTimeout(resolve, MOST_MS);
    worker.on('failed', (_job, error) => {
      reject(error);
    });
    worker.on('completed', () => {
      placed += 1;
      if (placed === due.length) resolve();
    });
  });
  clearTimeout(late);
  const rate = placed / (Number(process.hrtime.bigint() - startedAt) / 1e9);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
  return rate;
}

function placeOne(database: Database, holdId: string): Promise<unknown> {
  return database.transaction(async (tx) => {
    const due = await tx.query<DueHold>(
      `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
         detected_at_ms AS "detectedAtMs"
       FROM hold_due WHERE hold_id = $1 AND placed_at IS NULL FOR UPDATE`,
      [holdId],
    );
    await placeHolds(tx, due, profileOf, Date.now());
  });
}

const profiles = new Map(shippedProfiles().map((profile) => [profile.id, profile]));
const profileOf = (scheme: string) => profiles.get(scheme);
