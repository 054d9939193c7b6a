import pg from 'pg';
import type { Database, Queryable } from '../app/database.ts';
import { encodeParam, readerOf } from './postgres-types.ts';
import { isStale, preparedNames, type PreparedNames } from './prepared-names.ts';
import { runTransaction } from './transaction.ts';

export interface PgDatabaseOptions {
  readonly maxConnections?: number;
  readonly connectTimeoutMs?: number;
  /** No statement may run longer; a query that hangs holds a connection others wait for. */
  readonly statementTimeoutMs?: number;
  /** Schemas in which names are looked for. */
  readonly searchPath?: string;
  /** Hears of idle connections that broke. They are replaced; nothing else is to be done. */
  readonly onIdleError?: (error: Error) => void;
}

export interface PgDatabase extends Database {
  /** For what speaks to the driver itself (the job queue). */
  readonly pool: pg.Pool;
}

/**
 * A process that stands still, or whose line is gone, in the midst of a transaction keeps its locks; so whoever takes its
 * work over would wait for it, for hours where the system decides.
 */
const IDLE_IN_TRANSACTION_MS = 15_000;

/** A native Postgres with TimescaleDB through a bounded pool. Connects at the first query. */
export function openPgDatabase(connectionString: string, options: PgDatabaseOptions = {}): PgDatabase {
  const pool = new pg.Pool({
    connectionString,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    options: `-c TimeZone=UTC${options.searchPath === undefined ? '' : ` -c search_path=${options.searchPath.replaceAll(' ', '')}`}`,
    types: { getTypeParser: (oid: number) => readerOf(oid) },
  });
  pool.on('error', options.onIdleError ?? (() => undefined));
  const names = preparedNames();
  const onAny = queryableOf(pool, names);
  return {
    pool,
    query: (sql, params) => onAny.query<never>(sql, params),
    transaction: (work) => withClient(pool, (client) => runTransaction(queryableOf(client, names), work)),
    close: () => pool.end(),
  };
}

/** Without parameters a text may hold several statements; then the rows are the last one's. */
const queryableOf = (on: pg.Pool | pg.PoolClient, names: PreparedNames): Queryable => ({
  query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => {
    const result = params.length === 0 ? await on.query(sql) : await on.query(asked(sql, params, names));
    const last = Array.isArray(result) ? (result.at(-1) as pg.QueryResult) : result;
    return last.rows as readonly Row[];
  },
});

function asked(sql: string, params: readonly unknown[], names: PreparedNames): pg.QueryConfig {
  const name = names.nameOf(sql);
  return { text: sql, values: params.map(encodeParam), ...(name !== undefined && { name }) };
}

/** A connection that broke, or whose prepared statements are stale, is thrown away. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  client.on('error', () => (broken = true));
  try {
    return await work(client);
  } catch (error) {
    broken ||= isStale(error);
    throw error;
  } finally {
    client.removeAllListeners('error');
    client.release(broken);
  }
}
