/** Where the judge of a partition is, and the fence that keeps a replaced judge from writing. */
import type { Database, Queryable } from '../database.ts';

export interface Cursor {
  readonly partition: number;
  readonly epoch: number;
  /** All effects of messages up to here are recorded. */
  readonly committedOffset: number;
  /** Where to read again from after a crash. */
  readonly resumeOffset: number;
}

/** Another judge took the partition over. */
export class FencedError extends Error {
  readonly code = 'fenced';

  constructor(partition: number, epoch: number) {
    super(`another judge took partition ${partition} over from epoch ${epoch}`);
    this.name = 'FencedError';
  }
}

/** From here on any earlier judge of this partition is fenced out. */
export async function takePartition(database: Database, partition: number): Promise<Cursor> {
  const [row] = await database.query<Cursor>(
    `INSERT INTO judge_cursor AS c (partition, epoch, committed_offset, resume_offset) VALUES ($1, 1, 0, 1)
     ON CONFLICT (partition) DO UPDATE SET epoch = c.epoch + 1
     RETURNING partition, epoch, committed_offset AS "committedOffset", resume_offset AS "resumeOffset"`,
    [partition],
  );
  if (row === undefined) throw new Error(`partition ${partition} could not be taken`);
  return row;
}

/** Call it first in a transaction: it locks the cursor. @throws FencedError where the epoch is another's. */
export async function moveCursor(tx: Queryable, cursor: Cursor): Promise<void> {
  const moved = await tx.query(
    `UPDATE judge_cursor SET committed_offset = $3, resume_offset = $4
     WHERE partition = $1 AND epoch = $2 RETURNING partition`,
    [cursor.partition, cursor.epoch, cursor.committedOffset, cursor.resumeOffset],
  );
  if (moved.length === 0) throw new FencedError(cursor.partition, cursor.epoch);
}
