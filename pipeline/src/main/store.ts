/** What a house keeps: its database with the schema up to date, its log, its keys. Here all of it below one folder. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Logger } from 'pino';
import { openPostgresQueue } from '../adapters/bullmq-queue.ts';
import { openJwsSigner, type JwsSigner } from '../adapters/jws-signer.ts';
import { migrate } from '../adapters/migrations.ts';
import { openPgliteDatabase } from '../adapters/pglite-database.ts';
import { pgPoolLike } from '../adapters/pglite-pool.ts';
import { openPostgresEventLog } from '../adapters/postgres-event-log.ts';
import type { Database } from '../app/database.ts';
import type { LogReader, LogWriter } from '../app/event-log.ts';
import type { JobQueue } from '../app/job-queue.ts';
import type { Lifecycle } from '../app/lifecycle.ts';
import { loadCaseLaw, type CaseLaw } from './case-law.ts';
import { loadProfileFiles } from './profile-files.ts';

/** Messages stored and not yet judged, before the cameras wait: some seconds of judging, and less than the log's tail. */
const MOST_UNJUDGED = 512;

export interface Store {
  readonly database: Database;
  readonly log: LogWriter & LogReader;
  readonly signer: JwsSigner;
  readonly profiles: readonly LawProfile[];
  readonly caseLaw: CaseLaw;
  /** Whether other processes work on it too. */
  readonly shared: boolean;
  /** Whether the log may hold a message twice. */
  readonly mayHoldCopies: boolean;
  readonly openQueue: (logger: Logger) => Promise<JobQueue>;
}

/** @throws StoreError where another process has the folder open, or its schema is newer than this code. */
export async function openStore(dataDir: string, lifecycle: Lifecycle): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const profiles = loadProfileFiles();
  const caseLaw = loadCaseLaw(profiles);
  const database = await openPgliteDatabase(join(dataDir, 'database'));
  lifecycle.onClose('database', () => database.close());
  await migrate(database);
  return {
    database,
    log: await openPostgresEventLog(database, { mostBehind: MOST_UNJUDGED }),
    signer: await openJwsSigner(join(dataDir, 'keys')),
    profiles,
    caseLaw,
    shared: false,
    mayHoldCopies: false,
    openQueue: (logger) => openPostgresQueue(pgPoolLike(database), logger),
  };
}
