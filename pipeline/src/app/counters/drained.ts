import type { Queryable } from '../database.ts';
import type { LogReader } from '../event-log.ts';

export interface Drained {
  /** Nothing waits for the judge, and no hold that is due waits to be placed. */
  readonly drained: boolean;
  readonly messagesWaiting: number;
  readonly holdsWaiting: number;
}

/** Whether all that stands in the log has been judged, and all that followed from it is held. */
export async function drained(database: Queryable, log: LogReader): Promise<Drained> {
  const heads = await Promise.all(log.partitions.map((partition) => log.head(partition)));
  const cursors = await database.query<{ readonly partition: number; readonly committed: number }>(
    'SELECT partition, committed_offset AS committed FROM judge_cursor',
  );
  const committed = new Map(cursors.map((cursor) => [cursor.partition, cursor.committed]));
  const [due] = await database.query<{ readonly waiting: number }>(
    'SELECT count(*) AS waiting FROM hold_due WHERE placed_at IS NULL',
  );
  const messagesWaiting = log.partitions.reduce(
    (sum, partition, i) => sum + Math.max(0, (heads[i] ?? 0) - (committed.get(partition) ?? 0)),
    0,
  );
  const holdsWaiting = due?.waiting ?? 0;
  return { drained: messagesWaiting === 0 && holdsWaiting === 0, messagesWaiting, holdsWaiting };
}
