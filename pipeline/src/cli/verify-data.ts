/** Verifies a data folder at rest. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readPublicKeys } from '../adapters/jws-signer.ts';
import { migrate } from '../adapters/migrations.ts';
import { openPgliteDatabase } from '../adapters/pglite-database.ts';
import type { VerifyReport } from '../app/verify/check.ts';
import { verify } from '../app/verify/verify.ts';
import { CommandFailure } from './failure.ts';
import { loadProfileFiles } from '../main/profile-files.ts';

/** @throws CommandFailure where there is no house, StoreError where it is running. */
export async function verifyData(dataDir: string, onProgress: (text: string) => void): Promise<VerifyReport> {
  const folder = join(dataDir, 'database');
  if (!existsSync(folder))
    throw new CommandFailure(`there is no house in ${dataDir}: --data names its folder`, 2);
  const database = await openPgliteDatabase(folder);
  try {
    await migrate(database);
    const publicKeys = await readPublicKeys(join(dataDir, 'keys'));
    return await verify(database, { publicKeys, profiles: loadProfileFiles(), onProgress });
  } finally {
    await database.close();
  }
}
