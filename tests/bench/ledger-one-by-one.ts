/** The other way to do it: a job and a transaction for each hold. Its jobs wait in the queue before the clock starts. */
import { placeHolds, type DueHold } from '@wayside/pipeline/app/ledger/place-holds';
import type { Database } from '@wayside/pipeline/app/database';
import { shippedProfiles } from '@wayside/pipeline/testing/case-house';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const QUEUE = 'bench-one-by-one';
/** Jobs at a time; what was fastest here of 10, 25, 50 and 100. */
const CONCURRENCY = 50;

/** @returns seconds from the start of the worker to the last commit. */
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
  let open = due.length;
  const startedAt = process.hrtime.bigint();
  const worker = new Worker<{ readonly holdId: string }>(
    QUEUE,
    ({ data }) => placeOne(database, data.holdId),
    {
      connection: connection.duplicate(),
      concurrency: CONCURRENCY,
    },
  );
  await new Promise<void>((resolve, reject) => {
    worker.on('failed', (_job, error) => reject(error));
    worker.on('completed', () => {
      open -= 1;
      if (open === 0) resolve();
    });
  });
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  await worker.close();
  await queue.close();
  connection.disconnect();
  return seconds;
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
