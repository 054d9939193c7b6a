import { basename } from 'node:path';
import { MAX_REJECTS_KEPT, type RejectedRow, type Rejects } from './recording.ts';

/** Counts every rejected row and keeps the first thousand. */
export function rejectList(): {
  readonly add: (file: string, line: number, reason: string) => void;
  readonly result: () => Rejects;
} {
  const rows: RejectedRow[] = [];
  let count = 0;
  return {
    add(file, line, reason) {
      count++;
      if (rows.length < MAX_REJECTS_KEPT) rows.push({ file: basename(file), line, reason });
    },
    result: () => ({ count, rows }),
  };
}
