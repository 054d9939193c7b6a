/**
 * What became of each message, written outside of the system by who sent it, in the order in which it was learnt. A line
 * is on the disk before anybody acts on it, so that a killed device host can neither invent nor forget an answer.
 */
import { open } from 'node:fs/promises';

export type Fate =
  /** About to be sent. Written for bare devices; an uplink's outbox knows what it has given out. */
  | readonly ['sent', device: string, sequence: number]
  | readonly ['acknowledged', device: string, sequence: number, atMs: number]
  | readonly ['refused', device: string, sequence: number, atMs: number]
  /** Sent, given up before an answer came, and never sent again. */
  | readonly ['unknown', device: string, sequence: number, atMs: number]
  /** No message of the contract; acknowledged, it must be kept as a dead letter. */
  | readonly ['poison', device: string, sha256: string, atMs: number];

export interface Journal {
  /** Resolves once the line is on the disk. */
  write(fate: Fate): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(path: string): Promise<Journal> {
  const file = await open(path, 'a');
  const waiting: string[] = [];
  let writing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    await Promise.resolve();
    while (waiting.length > 0) {
      const lines = waiting.splice(0).join('');
      await file.appendFile(lines);
      await file.datasync();
    }
    writing = undefined;
  };
  return {
    write: async (fate) => {
      waiting.push(`${JSON.stringify(fate)}\n`);
      writing ??= flush(); // one that runs goes on until nothing waits
      await writing;
    },
    close: async () => {
      await writing;
      await file.close();
    },
  };
}
