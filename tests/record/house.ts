/** The rooms from the log to the ledger on a fresh embedded database in memory, for tests. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveEvent } from '@wayside/contracts/http';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { createInProcessBus } from '@wayside/pipeline/adapters/in-process-bus';
import { openJwsSigner, type JwsSigner } from '@wayside/pipeline/adapters/jws-signer';
import { migrate } from '@wayside/pipeline/adapters/migrations';
import { openPgliteDatabase, type PgliteDatabase } from '@wayside/pipeline/adapters/pglite-database';
import { openPostgresEventLog } from '@wayside/pipeline/adapters/postgres-event-log';
import type { Database } from '@wayside/pipeline/app/database';
import type { LogReader, LogWriter } from '@wayside/pipeline/app/event-log';
import { createHolds, type Holds } from '@wayside/pipeline/app/holds/holds';
import type { JobQueue } from '@wayside/pipeline/app/job-queue';
import { runJudge, type JudgeEnd, type JudgeParts } from '@wayside/pipeline/app/judging/run-judge';
import { createSiteContext } from '@wayside/pipeline/app/judging/site-context';
import { createRecorder } from '@wayside/pipeline/app/record/recorder';
import { pino } from 'pino';

const profilesFolder = new URL('../../pipeline/profiles/', import.meta.url);
const profile = (id: string): LawProfile =>
  JSON.parse(readFileSync(new URL(`${id}.json`, profilesFolder), 'utf8')) as LawProfile;
export const profiles = [profile('cn'), profile('uk')];
export const silent = pino({ level: 'silent' });

/** A queue that is down. */
const brokenQueue: JobQueue = {
  wake: () => Promise.reject(new Error('the queue is down')),
  work: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export interface TestHouse {
  readonly database: PgliteDatabase;
  readonly log: LogReader & LogWriter;
  readonly signer: JwsSigner;
  readonly events: LiveEvent[];
  /** Parts of a judge, each replaceable. */
  parts(over?: Partial<JudgeParts>): JudgeParts;
  /** Judges everything that stands in the log, then stops. */
  judgeAll(over?: Partial<JudgeParts>): Promise<JudgeEnd>;
  holds(queue?: JobQueue, database?: Database): Holds;
  close(): Promise<void>;
}

export async function openHouse(options: { readonly partitions?: number } = {}): Promise<TestHouse> {
  const keys = await mkdtemp(join(tmpdir(), 'wayside-keys-'));
  const database = await openPgliteDatabase();
  await migrate(database);
  const log = await openPostgresEventLog(database, options);
  const signer = await openJwsSigner(keys);
  const bus = createInProcessBus(silent);
  const events: LiveEvent[] = [];
  bus.subscribe((event) => events.push(event));
  bus.watchStreets();
  const cn = profile('cn');
  const parts = (over: Partial<JudgeParts> = {}): JudgeParts => ({
    log,
    database,
    record: createRecorder(signer, Date.now),
    context: createSiteContext(database, (id) => profiles.find((known) => known.id === id) ?? cn),
    bus,
    wake: () => undefined,
    clock: Date.now,
    logger: silent,
    ...over,
  });
  return {
    database,
    log,
    signer,
    events,
    parts,
    judgeAll: (over) => untilIdle(log, (idle, signal) => runJudge(0, parts({ log: idle, ...over }), signal)),
    holds: (queue = brokenQueue, on = database) =>
      createHolds({
        database: on,
        queue,
        profiles,
        bus,
        clock: Date.now,
        logger: silent,
        sweepIntervalMs: 50,
      }),
    close: async () => {
      await database.close();
      await rm(keys, { recursive: true, force: true });
    },
  };
}

/** Runs `work` on a log that says when it was read to its end, and then aborts. */
async function untilIdle<T>(
  log: LogReader,
  work: (log: LogReader, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const idle = new AbortController();
  const watched: LogReader = {
    partitions: log.partitions,
    read: (...args) => log.read(...args),
    head: (partition) => log.head(partition),
    changed: () => {
      idle.abort();
      return Promise.resolve();
    },
    leave: (partition) => log.leave(partition),
  };
  return work(watched, idle.signal);
}
