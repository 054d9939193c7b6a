/** Uploads in the data folder, each under its SHA-256. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../app/portal/uploads.ts';

const DIGEST = /^[0-9a-f]{64}$/;

export function uploadFolder(folder: string): FileStore {
  const pathOf = (sha256: string): string => {
    if (!DIGEST.test(sha256)) throw new RangeError(`"${sha256}" is no SHA-256`);
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    put: async (sha256, bytes) => {
      const path = pathOf(sha256);
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomUUID()}`;
      await writeFile(draft, bytes, { mode: 0o600, flush: true });
      await rename(draft, path);
    },
    get: (sha256) =>
      readFile(pathOf(sha256)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }),
  };
}
