/** The databases that the conformance suites run on: the embedded one always, a native one where there is one. */
import { randomBytes } from 'node:crypto';
import { openPgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database } from '@wayside/pipeline/app/database';

export interface DatabaseAdapter {
  readonly name: string;
  readonly skipped: boolean;
  /** A database of its own; closing it removes it. */
  readonly open: () => Promise<Database>;
}

/** Connection string of a server with TimescaleDB on which databases may be made. */
const server = process.env['WAYSIDE_TEST_PG'];

export const databaseAdapters: readonly DatabaseAdapter[] = [
  { name: 'PGlite', skipped: false, open: openTestDatabase },
  {
    name: `a native Postgres${server === undefined ? ' (skipped: WAYSIDE_TEST_PG is not set)' : ''}`,
    skipped: server === undefined,
    open: () => openNative(server ?? ''),
  },
];

async function openNative(connectionString: string): Promise<Database> {
  const name = `wayside_test_${randomBytes(6).toString('hex')}`;
  const admin = openPgDatabase(connectionString, { maxConnections: 1 });
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  const database = openPgDatabase(url.href);
  return {
    ...database,
    close: async () => {
      await database.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.close();
    },
  };
}
