import type { Database } from '../app/database.ts';
import { StoreError } from './store-error.ts';

/**
 * Makes the partitions of a new log. @param external whether the messages stand outside of Postgres.
 * @throws StoreError `partitions-changed` where the log was made with another number, or somewhere else.
 */
export async function ensurePartitions(
  db: Database,
  count: number,
  external: boolean,
): Promise<readonly number[]> {
  await db.query(
    `INSERT INTO log_partition (partition, external) SELECT generate_series(0, $1::integer - 1), $2::boolean
     WHERE NOT EXISTS (SELECT 1 FROM log_partition) ON CONFLICT DO NOTHING`,
    [count, external],
  );
  const rows = await db.query<{ readonly partition: number; readonly external: boolean }>(
    'SELECT partition, external FROM log_partition ORDER BY partition',
  );
  if (rows.length !== count)
    throw new StoreError(
      'partitions-changed',
      `this log was made with ${rows.length} partitions and cannot be read with ${count}: a site's messages would lose their order`,
    );
  if (rows.some((row) => row.external !== external))
    throw new StoreError(
      'partitions-changed',
      `this database keeps the offsets of a log ${external ? 'in Postgres' : 'in Kafka'}; it cannot go on with one ${external ? 'in Kafka' : 'in Postgres'}`,
    );
  return rows.map(({ partition }) => partition);
}
