/** The databases that the conformance suites run on: the embedded one always, a native one where there is one. */
import { openPgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database } from '@wayside/pipeline/app/database';
import { newDatabase } from '../support/engines/new-database.ts';

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
  const { url, drop } = await newDatabase(connectionString, 'wayside_test');
  const database = openPgDatabase(url);
  return {
    ...database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}
