import type { Database, Queryable } from '../app/database.ts';
import { DEFAULT_HOUSEKEEPING, keepHouse, type HousekeepingOptions } from './pglite-housekeeping.ts';
import { openPgliteSession, type Lease, type PgliteSession } from './pglite-session.ts';
import { runTransaction } from './transaction.ts';

export interface PgliteDatabase extends Database {
  /** For what needs turns of its own with the session (pglite-pool.ts). */
  readonly session: PgliteSession;
}

/**
 * The embedded database: Postgres 17 with TimescaleDB, in this process. Survives `kill -9`.
 * @param dir folder that is wholly the database's; undefined keeps it in memory.
 * @throws StoreError `data-in-use` while another process has the folder open.
 */
export async function openPgliteDatabase(
  dir?: string,
  housekeeping: Partial<HousekeepingOptions> = {},
): Promise<PgliteDatabase> {
  const session = await openPgliteSession(dir);
  const onError = (error: unknown) => process.emitWarning(error as Error);
  const stopHousekeeping = keepHouse(session, { ...DEFAULT_HOUSEKEEPING, onError, ...housekeeping });
  return {
    session,
    query: (sql, params) => withLease(session, (lease) => queryableOf(lease).query<never>(sql, params)),
    transaction: (work) => withLease(session, (lease) => runTransaction(queryableOf(lease), work)),
    close: async () => {
      await stopHousekeeping();
      await session.close();
    },
  };
}

const queryableOf = (lease: Lease): Queryable => ({
  query: async <Row extends object>(sql: string, params?: readonly unknown[]) =>
    (await lease.run(sql, params)).rows as readonly Row[],
});

async function withLease<T>(session: PgliteSession, work: (lease: Lease) => Promise<T>): Promise<T> {
  const lease = await session.lease();
  try {
    return await work(lease);
  } finally {
    lease.release();
  }
}
