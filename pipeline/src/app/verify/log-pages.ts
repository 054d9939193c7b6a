/** Reads the stored log from its first message to what is judged, a page at a time, past the reader the judge uses. */
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { Queryable } from '../database.ts';

export interface StoredMessage {
  readonly offset: number;
  readonly message: DeviceMessage;
}

export interface JudgedPartition {
  readonly partition: number;
  readonly committed: number;
  /** The oldest message that is still kept; 1 where none was removed. */
  readonly first: number;
}

const PAGE = 100;

export const judgedPartitions = (database: Queryable): Promise<readonly JudgedPartition[]> =>
  database.query<JudgedPartition>(
    `SELECT c.partition, c.committed_offset AS committed,
       coalesce((SELECT min(log_offset) FROM log_message m WHERE m.partition = c.partition), 1) AS first
     FROM judge_cursor c ORDER BY c.partition`,
  );

export async function* judgedPages(
  database: Queryable,
  { partition, committed }: JudgedPartition,
): AsyncGenerator<readonly StoredMessage[]> {
  for (let after = 0; after < committed;) {
    const rows = await database.query<{ readonly offset: number; readonly payload: string }>(
      `SELECT log_offset AS offset, payload FROM log_message
       WHERE partition = $1 AND log_offset > $2 AND log_offset <= $3 ORDER BY log_offset LIMIT ${PAGE}`,
      [partition, after, committed],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ offset, payload }) => ({ offset, message: JSON.parse(payload) as DeviceMessage }));
    after = last.offset;
  }
}
