/** Opens a house that is not running, for a command that works on what it keeps. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../adapters/migrations.ts';
import { openPgliteDatabase } from '../adapters/pglite-database.ts';
import type { Database } from '../app/database.ts';
import { Lifecycle } from '../app/lifecycle.ts';
import { openStore, type Store } from '../main/store.ts';
import { CommandFailure } from './failure.ts';

const CLOSE_DEADLINE_MS = 10_000;

/** @throws CommandFailure where there is no house, StoreError where it is running. */
export async function withHouseAtRest<T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> {
  assertHouse(dataDir);
  const lifecycle = new Lifecycle();
  try {
    return await work(await openStore(dataDir, lifecycle));
  } finally {
    await lifecycle.close(CLOSE_DEADLINE_MS);
  }
}

/** The same for a command that only asks the database: nothing else of the house is opened or made. */
export async function withDatabaseAtRest<T>(
  dataDir: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openPgliteDatabase(assertHouse(dataDir));
  try {
    await migrate(database);
    return await work(database);
  } finally {
    await database.close();
  }
}

/** @returns the folder of its database. */
function assertHouse(dataDir: string): string {
  const folder = join(dataDir, 'database');
  if (existsSync(folder)) return folder;
  throw new CommandFailure(`there is no house in ${dataDir}: --data names its folder`, 2);
}
