/** Writes the truth beside the system, a line of JSON each. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface TruthFile {
  readonly write: (line: object) => void;
  /** Resolves when all is on its way to the disk. @throws where the file could not be written */
  readonly close: () => Promise<void>;
}

export async function openTruthFile(file: string): Promise<TruthFile> {
  await mkdir(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  let failure: Error | undefined;
  stream.on('error', (error) => (failure = error));
  await once(stream, 'open');
  return {
    write: (line) => void stream.write(`${JSON.stringify(line)}\n`),
    async close() {
      if (!failure) {
        stream.end();
        await once(stream, 'close');
      }
      if (failure) throw failure;
    },
  };
}
