/**
 * A PostgreSQL of its own on loopback, durable as in production (fsync on), where one is installed. Without TimescaleDB
 * its hypertables are plain tables, through stand-ins for the few functions that migrations call: good enough for the
 * ledger, whose tables are plain anyway; `timescale` says which it is.
 */
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  openPgDatabase,
  type PgDatabase,
  type PgDatabaseOptions,
} from '@wayside/pipeline/adapters/pg-database';
import {
  freePort,
  postgresFolders,
  programPath,
  runOnce,
  runServer,
  treeCpuSeconds,
  unprivileged,
} from './processes.ts';

export interface PostgresServer {
  readonly version: string;
  readonly timescale: boolean;
  /** A new database of its own; closing it leaves it to the server's folder. */
  readonly openDatabase: (options?: PgDatabaseOptions) => Promise<ServerDatabase>;
  /** Processor time of all its processes so far, where the system tells it (Linux), else 0. */
  readonly cpuSeconds: () => number;
  readonly close: () => Promise<void>;
}

export interface ServerDatabase extends PgDatabase {
  readonly url: string;
}

const READY_WITHIN_MS = 30_000;
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
} as const;

/** @returns undefined where no PostgreSQL is installed. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const initdb = programPath('initdb', postgresFolders());
  const postgres = programPath('postgres', postgresFolders());
  if (initdb === undefined || postgres === undefined) return undefined;
  const identity = unprivileged('postgres');
  const dir = await mkdtemp(join(tmpdir(), 'wayside-postgres-'));
  if (identity) await chown(dir, identity.uid, identity.gid);
  runOnce(
    initdb,
    ['-D', join(dir, 'data'), '-U', 'wayside', '-A', 'trust', '-E', 'UTF8', '--no-locale'],
    identity,
  );
  const port = await freePort();
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const running = runServer(postgres, ['-D', join(dir, 'data'), '-p', String(port), ...settings], identity);
  const url = `postgres://wayside@127.0.0.1:${port}/postgres`;
  const admin = openPgDatabase(url, { maxConnections: 1 });
  const close = async (): Promise<void> => {
    await admin.close();
    await running.stop('SIGINT');
    await rm(dir, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(admin))) {
    if (Date.now() > deadline || running.ended()) {
      await close();
      throw new Error(`postgres did not start: ${running.said()}`);
    }
    await sleep(100);
  }
  const [about] = await admin.query<{ readonly version: string; readonly timescale: boolean }>(
    `SELECT current_setting('server_version') AS version, EXISTS (
       SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb' AND default_version >= '2') AS timescale`,
  );
  const timescale = about?.timescale ?? false;
  return {
    version: about?.version ?? 'unknown',
    timescale,
    cpuSeconds: () => treeCpuSeconds(running.pid),
    openDatabase: (options) => openDatabase(admin, url, timescale, options),
    close,
  };
}

const answers = (database: PgDatabase): Promise<boolean> =>
  database.query('SELECT 1').then(
    () => true,
    () => false,
  );

async function openDatabase(
  admin: PgDatabase,
  serverUrl: string,
  timescale: boolean,
  options?: PgDatabaseOptions,
): Promise<ServerDatabase> {
  const name = `wayside_${randomBytes(6).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = { ...openPgDatabase(url.href, options), url: url.href };
  if (timescale) return database;
  await database.query(STAND_INS);
  return {
    ...database,
    query: (sql, params) => (isAboutExtension(sql) ? Promise.resolve([]) : database.query(sql, params)),
  };
}

const isAboutExtension = (sql: string): boolean =>
  sql.startsWith('CREATE EXTENSION IF NOT EXISTS timescaledb');

const STAND_INS = `
  CREATE FUNCTION by_range(text, interval) RETURNS text LANGUAGE sql AS $$ SELECT $1 $$;
  CREATE FUNCTION create_hypertable(regclass, text) RETURNS void LANGUAGE sql AS $$ SELECT $$;
  CREATE FUNCTION time_bucket(interval, timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE
    AS $$ SELECT date_bin($1, $2, '2000-01-01Z') $$;`;
