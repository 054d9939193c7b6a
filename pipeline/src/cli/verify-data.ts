/** Verifies a data folder at rest. */
import { join } from 'node:path';
import { readPublicKeys } from '../adapters/jws-signer.ts';
import type { VerifyReport } from '../app/verify/check.ts';
import { verify } from '../app/verify/verify.ts';
import { loadProfileFiles } from '../main/profile-files.ts';
import { withDatabaseAtRest } from './house-at-rest.ts';

/** @throws CommandFailure where there is no house, StoreError where it is running. */
export const verifyData = (dataDir: string, onProgress: (text: string) => void): Promise<VerifyReport> =>
  withDatabaseAtRest(dataDir, async (database) => {
    const publicKeys = await readPublicKeys(join(dataDir, 'keys'));
    return verify(database, { publicKeys, profiles: loadProfileFiles(), onProgress });
  });
