/** The store of a house whose parts are several processes: TimescaleDB, and Kafka and Redis where they are named. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PgPool } from 'bullmq';
import type { Logger } from 'pino';
import { openPostgresQueue, openRedisQueue } from '../adapters/bullmq-queue.ts';
import { openJwsSigner } from '../adapters/jws-signer.ts';
import { openKafkaEventLog } from '../adapters/kafka-event-log.ts';
import { migrate } from '../adapters/migrations.ts';
import { openPgDatabase, type PgDatabase } from '../adapters/pg-database.ts';
import { openPostgresEventLog } from '../adapters/postgres-event-log.ts';
import type { LogReader, LogWriter } from '../app/event-log.ts';
import type { Lifecycle } from '../app/lifecycle.ts';
import type { HouseConfig } from '../config.ts';
import type { ServerConfig } from '../server-config.ts';
import { loadCaseLaw } from './case-law.ts';
import { loadProfileFiles } from './profile-files.ts';
import type { Store } from './store.ts';

/** How often a judge looks for what an intake elsewhere put into a log in Postgres. */
const LOOK_EVERY_MS = 50;

/** @throws StoreError, or the driver's error where the database cannot be reached. */
export async function openServerStore(
  config: HouseConfig,
  server: ServerConfig,
  lifecycle: Lifecycle,
  logger: Logger,
): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const profiles = loadProfileFiles();
  const caseLaw = loadCaseLaw(profiles);
  const database = openPgDatabase(server.databaseUrl, {
    maxConnections: server.connections,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke; it is replaced'),
  });
  lifecycle.onClose('database', () => database.close());
  await migrate(database);
  return {
    database,
    log: await openLog(config, server, { database, lifecycle, logger }),
    signer: await openJwsSigner(join(config.dataDir, 'keys')),
    profiles,
    caseLaw,
    shared: true,
    mayHoldCopies: server.kafka !== undefined,
    openQueue: (log) => openQueue(server, lifecycle, log),
  };
}

async function openLog(
  { retentionHours }: HouseConfig,
  { kafka, partitions }: ServerConfig,
  of: { readonly database: PgDatabase; readonly lifecycle: Lifecycle; readonly logger: Logger },
): Promise<LogWriter & LogReader> {
  if (!kafka) return openPostgresEventLog(of.database, { partitions, lookEveryMs: LOOK_EVERY_MS });
  const retentionMs = retentionHours === null ? null : retentionHours * 3_600_000;
  const log = await openKafkaEventLog(of.database, { ...kafka, partitions, retentionMs }, of.logger);
  of.lifecycle.onClose('event log', () => log.close());
  return log;
}

/** BullMQ's commands name their tables without a schema, so that its backend has sessions of its own. */
async function openQueue(server: ServerConfig, lifecycle: Lifecycle, logger: Logger) {
  if (server.redisUrl !== undefined) return openRedisQueue(server.redisUrl, logger);
  const sessions = openPgDatabase(server.databaseUrl, {
    maxConnections: 6,
    searchPath: 'bullmq, public',
  });
  lifecycle.onClose('queue sessions', () => sessions.close());
  return openPostgresQueue(sessions.pool as unknown as PgPool, logger); // it is one; only the overloads of `query` differ
}
