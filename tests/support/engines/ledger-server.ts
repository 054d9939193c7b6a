/**
 * A PostgreSQL of its own for the ledger's tests and benchmarks. Without TimescaleDB its hypertables are plain tables,
 * through stand-ins for the few functions that migrations call: good enough for the ledger, whose tables are plain anyway;
 * `timescale` says which it is.
 */
import {
  openPgDatabase,
  type PgDatabase,
  type PgDatabaseOptions,
} from '@wayside/pipeline/adapters/pg-database';
import { treeCpuSeconds } from './cpu-seconds.ts';
import { newDatabase } from './new-database.ts';
import { installedPostgres, startPostgres } from './postgres.ts';

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

export interface LedgerServerOptions {
  /** Plain tables even where TimescaleDB is: with a chunk a day, planning is most of what many short statements cost. */
  readonly plain?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

const SETTINGS = { shared_buffers: '512MB', max_wal_size: '4GB', checkpoint_timeout: '15min' };

/** @returns undefined where no PostgreSQL is installed. */
export async function startLedgerServer({ plain = false, settings = {} }: LedgerServerOptions = {}): Promise<
  PostgresServer | undefined
> {
  if (!installedPostgres()) return undefined;
  const engine = await startPostgres({ settings: { ...SETTINGS, ...settings } });
  const admin = openPgDatabase(engine.url, { maxConnections: 1 });
  const [about] = await admin.query<{ readonly version: string; readonly timescale: boolean }>(
    `SELECT current_setting('server_version') AS version, EXISTS (
       SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb' AND default_version >= '2') AS timescale`,
  );
  await admin.close();
  const timescale = !plain && (about?.timescale ?? false);
  return {
    version: about?.version ?? 'unknown',
    timescale,
    cpuSeconds: () => treeCpuSeconds(engine.pid),
    openDatabase: (options) => openDatabase(engine.url, timescale, options),
    close: () => engine.remove(),
  };
}

async function openDatabase(
  serverUrl: string,
  timescale: boolean,
  options?: PgDatabaseOptions,
): Promise<ServerDatabase> {
  const { url } = await newDatabase(serverUrl, 'wayside');
  const database = { ...openPgDatabase(url, options), url };
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
