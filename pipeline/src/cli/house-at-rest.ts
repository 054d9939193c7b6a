/** Opens a house that is not running, for a command that works on what it keeps. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Lifecycle } from '../app/lifecycle.ts';
import { openStore, type Store } from '../main/store.ts';
import { CommandFailure } from './failure.ts';

const CLOSE_DEADLINE_MS = 10_000;

/** @throws CommandFailure where there is no house, StoreError where it is running. */
export async function withHouseAtRest<T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> {
  if (!existsSync(join(dataDir, 'database')))
    throw new CommandFailure(`there is no house in ${dataDir}: --data names its folder`, 2);
  const lifecycle = new Lifecycle();
  try {
    return await work(await openStore(dataDir, lifecycle));
  } finally {
    await lifecycle.close(CLOSE_DEADLINE_MS);
  }
}
