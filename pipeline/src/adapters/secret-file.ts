/** A secret of the house's own, made at first use and kept in a file that only the house can read. */
import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES = 32;

/** @returns the secret in base64url; the same one as long as the file stands. */
export async function openSecret(folder: string, name: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const draft = join(folder, `.${name}.${randomUUID()}`);
  await writeFile(draft, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flush: true });
  // A link fails where the file stands already: of two that start at once the second takes the secret of the first.
  await link(draft, path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await rm(draft, { force: true });
  return (await readFile(path, 'utf8')).trim();
}
