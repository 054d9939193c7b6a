/**
 * A log outside of Postgres may hold a message twice. The judge passes each once: what it has passed stands in
 * judge_identity, and where a copy stands in log_copy, so that a second reading after a crash leaves out the same.
 */
import { bumpCounters } from '../counters/bump.ts';
import type { Queryable } from '../database.ts';
import type { LoggedMessage } from '../event-log.ts';
import { remember, seenBefore } from '../identities.ts';
import type { Cursor } from './cursor.ts';

export interface Sifted {
  readonly messages: readonly LoggedMessage[];
  /** Copies that no judge has met before. */
  readonly copies: readonly LoggedMessage[];
}

export interface Copies {
  /** @param cursor where the judge is; messages up to its committed offset are read a second time. */
  sift(cursor: Cursor, batch: readonly LoggedMessage[]): Promise<Sifted>;
  /** In the transaction that moves the cursor. Locks: the partition where its head lags, then the devices in order. */
  keep(tx: Queryable, cursor: Cursor, sifted: Sifted): Promise<void>;
}

export const createCopies = (database: Queryable): Copies => ({
  sift: async ({ partition, committedOffset }, batch) => {
    const again = batch.filter(({ offset }) => offset <= committedOffset);
    const fresh = batch.filter(({ offset }) => offset > committedOffset);
    const known = await copiesAmong(database, partition, again);
    const seen = await seenBefore(database, 'judge_identity', identitiesOf(fresh));
    return {
      messages: [
        ...again.filter(({ offset }) => !known.has(offset)),
        ...fresh.filter((_, index) => !seen.has(index)),
      ],
      copies: fresh.filter((_, index) => seen.has(index)),
    };
  },
  keep: async (tx, { partition, committedOffset }, { messages, copies }) => {
    const passed = messages.filter(({ offset }) => offset > committedOffset);
    await noteHead(tx, partition, [...passed, ...copies]);
    await remember(tx, 'judge_identity', identitiesOf(passed));
    if (copies.length === 0) return;
    await tx.query('INSERT INTO log_copy (partition, log_offset) SELECT $1::integer, unnest($2::bigint[])', [
      partition,
      copies.map(({ offset }) => offset),
    ]);
    await bumpCounters(tx, { 'judge.copies': copies.length });
  },
});

const identitiesOf = (batch: readonly LoggedMessage[]) => batch.map(({ message }) => message);

async function copiesAmong(
  database: Queryable,
  partition: number,
  batch: readonly LoggedMessage[],
): Promise<ReadonlySet<number>> {
  if (batch.length === 0) return new Set();
  const rows = await database.query<{ readonly offset: number }>(
    'SELECT log_offset AS offset FROM log_copy WHERE partition = $1 AND log_offset BETWEEN $2 AND $3',
    [partition, batch[0]?.offset, batch.at(-1)?.offset],
  );
  return new Set(rows.map(({ offset }) => offset));
}

/** What nobody was told of because its intake died counts as well: the judge has met it. */
const noteHead = (tx: Queryable, partition: number, passed: readonly LoggedMessage[]): Promise<unknown> =>
  tx.query('UPDATE log_partition SET next_offset = $2 WHERE partition = $1 AND next_offset < $2::bigint', [
    partition,
    Math.max(0, ...passed.map(({ offset }) => offset)) + 1,
  ]);
