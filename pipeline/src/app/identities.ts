/** Which messages were seen before, as ranges of sequences a device and boot: as small as the device is orderly. */
import type { Queryable } from './database.ts';

export interface Identity {
  readonly device: string;
  readonly bootid: string;
  readonly sequence: number;
}

type IdentityTable = 'log_identity' | 'judge_identity';

const columnsOf = (messages: readonly Identity[]): readonly (readonly unknown[])[] => [
  messages.map(({ device }) => device),
  messages.map(({ bootid }) => bootid),
  messages.map(({ sequence }) => sequence),
];

/** @returns the indexes of those that were seen before, or stand in this list a second time. */
export async function seenBefore(
  db: Queryable,
  table: IdentityTable,
  messages: readonly Identity[],
): Promise<ReadonlySet<number>> {
  if (messages.length === 0) return new Set();
  const rows = await db.query<{ readonly index: number }>(
    `SELECT i.index::integer - 1 AS index
     FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS i(device, boot_id, sequence, index)
     JOIN ${table} AS t USING (device, boot_id) WHERE t.seen @> i.sequence`,
    columnsOf(messages),
  );
  const seen = new Set(rows.map(({ index }) => index));
  const first = new Set<string>();
  for (const [index, { device, bootid, sequence }] of messages.entries()) {
    const key = `${device}/${bootid}/${sequence}`;
    if (first.has(key)) seen.add(index);
    first.add(key);
  }
  return seen;
}

/** Locks the rows of the devices, in order. */
export async function remember(
  tx: Queryable,
  table: IdentityTable,
  messages: readonly Identity[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `INSERT INTO ${table} AS t (device, boot_id, seen)
     SELECT device, boot_id, range_agg(int8range(sequence, sequence + 1))
     FROM unnest($1::text[], $2::text[], $3::bigint[]) AS i(device, boot_id, sequence)
     GROUP BY device, boot_id ORDER BY device, boot_id
     ON CONFLICT (device, boot_id) DO UPDATE SET seen = t.seen + excluded.seen`,
    columnsOf(messages),
  );
}
