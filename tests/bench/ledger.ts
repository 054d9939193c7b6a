/**
 * From a hold that is due to a hold that is in the ledger, through BullMQ on Redis and a native PostgreSQL with fsync on.
 *
 * 1. Grouped, as the house does it: a job says "look now", the worker places all that is due, a group a transaction.
 * 2. Beside it, in the same run: a job and a transaction for each hold, by the same code, its jobs queued beforehand.
 * 3. Contention: 1,000 workers post, release and hold on 10 accounts at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openRedisQueue } from '@wayside/pipeline/adapters/bullmq-queue';
import { migrate } from '@wayside/pipeline/adapters/migrations';
import { createHolds } from '@wayside/pipeline/app/holds/holds';
import { ledgerChecks } from '@wayside/pipeline/app/verify/ledger-checks';
import { shippedProfiles } from '@wayside/pipeline/testing/case-house';
import { pino } from 'pino';
import { startLedgerServer, type ServerDatabase } from '../support/engines/ledger-server.ts';
import { redisProgram, startRedis } from '../support/engines/redis.ts';
import { contend } from './ledger-contention.ts';
import { makeDue, removeAll, waitingHolds } from './ledger-due.ts';
import { placeOneByOne } from './ledger-one-by-one.ts';

export const description =
  'holds/s from due to held on Redis and PostgreSQL, grouped and one by one; contention';

interface Options {
  readonly json: boolean;
  readonly count?: string;
}

/** Holds of the grouped run, of the one beside it, and the accounts they are spread over. */
const GROUPED = 100_000;
const ONE_BY_ONE = 10_000;
const ACCOUNTS = 20_000;
const ROUNDS = 3;
/** One a core. */
const LANES = 2;

export async function run({ json, count }: Options): Promise<object> {
  const say = (text: string): void => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const redis = redisProgram() === undefined ? undefined : await startRedis();
  const postgres = await startLedgerServer();
  try {
    if (!redis || !postgres) {
      const missing = [...(redis ? [] : ['redis-server']), ...(postgres ? [] : ['postgresql'])];
      say(`skipped: ${missing.join(' and ')} not installed (apt-get install ${missing.join(' ')})`);
      return { skipped: missing };
    }
    const database = await postgres.openDatabase({ maxConnections: 100, connectTimeoutMs: 120_000 });
    await migrate(database);
    const servers = { database, redisUrl: redis.url, cpuSeconds: postgres.cpuSeconds };
    const measured = await measure(servers, Number(count ?? GROUPED), say);
    await database.close();
    return { postgres: postgres.version, timescale: postgres.timescale, ...measured };
  } finally {
    await redis?.remove();
    await postgres?.close();
  }
}

interface Servers {
  readonly database: ServerDatabase;
  readonly redisUrl: string;
  /** Of PostgreSQL, so far. */
  readonly cpuSeconds: () => number;
}

async function measure(
  { database, redisUrl, cpuSeconds: postgresCpu }: Servers,
  count: number,
  say: (text: string) => void,
): Promise<object> {
  await grouped(database, redisUrl, Math.min(count, 10_000), postgresCpu);
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const together = await grouped(database, redisUrl, count, postgresCpu);
    const single = await oneByOne(database, redisUrl, Math.min(count, ONE_BY_ONE));
    const ratio = Number((together.perSecond / single).toFixed(1));
    say(`round ${round}: grouped ${together.perSecond} holds/s, one by one ${single} holds/s`);
    rounds.push({ ...together, oneByOne: single, ratio });
  }
  const contention = await contend(database, redisUrl);
  say(`contention: ${JSON.stringify(contention)}`);
  return {
    holdsPerSecond: median(rounds.map(({ perSecond }) => perSecond)),
    holdsPerCpuSecond: median(rounds.map(({ perCpuSecond }) => perCpuSecond)),
    oneByOnePerSecond: median(rounds.map((round) => round.oneByOne)),
    ratio: median(rounds.map(({ ratio }) => ratio)),
    holds: count,
    accounts: ACCOUNTS,
    rounds,
    contention,
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Grouped {
  /** From the wake-up to the last commit. */
  readonly perSecond: number;
  /** By the processor time of this process and of PostgreSQL: what a busy machine does not distort. */
  readonly perCpuSecond: number;
}

async function grouped(
  database: ServerDatabase,
  redisUrl: string,
  count: number,
  postgresCpuSeconds: () => number,
): Promise<Grouped> {
  const logger = pino({ level: 'error' }, process.stderr);
  const queue = openRedisQueue(redisUrl, logger);
  const holds = createHolds({
    database,
    queue,
    profiles: shippedProfiles(),
    bus: { publish: () => undefined, subscribe: () => () => undefined },
    clock: Date.now,
    logger,
    sweepIntervalMs: 600_000,
    lanes: LANES,
  });
  const stopping = new AbortController();
  const running = holds.run(stopping.signal);
  await sleep(500);
  await makeDue(database, count, ACCOUNTS);
  const cpuBefore = cpuSeconds() + postgresCpuSeconds();
  const startedAt = process.hrtime.bigint();
  await queue.wake();
  while ((await waitingHolds(database)) > 0) await sleep(20);
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  const cpu = cpuSeconds() + postgresCpuSeconds() - cpuBefore;
  stopping.abort();
  await running;
  await queue.close();
  await assertSound(database);
  await removeAll(database);
  return { perSecond: Math.round(count / seconds), perCpuSecond: Math.round(count / cpu) };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function oneByOne(database: ServerDatabase, redisUrl: string, count: number): Promise<number> {
  await makeDue(database, count, ACCOUNTS);
  const rate = await placeOneByOne(database, redisUrl);
  await assertSound(database);
  await removeAll(database);
  return Math.round(rate);
}

async function assertSound(database: ServerDatabase): Promise<void> {
  const faults = (await ledgerChecks(database)).filter(({ ok }) => !ok);
  if (faults.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(faults)}`);
}
