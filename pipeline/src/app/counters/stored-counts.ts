/** What the books are read from: the database as of one moment, and intake's own tally. */
import type { Queryable } from '../database.ts';
import type { CounterName } from './bump.ts';

/** What intake counted in this process since it began. */
export interface IntakeTally {
  readonly received: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly deadLettered: number;
  readonly inFlight: number;
  /** Given back because the store failed; some of it may have been stored all the same. */
  readonly refused?: number;
}

/** What the database says, all as of one moment. */
export interface StoredCounts {
  readonly counter: (name: CounterName) => number;
  /** Messages in the log, by its own offsets. */
  readonly logged: number;
  /** Whether the log stands outside of Postgres. */
  readonly external?: boolean;
  /** Messages judged, by the judges' cursors. */
  readonly committed: number;
  /** Holds that are due and not placed. */
  readonly pending: number;
}

/** Intake goes on while the database is read: what was stored lies between two readings of the tally. */
export interface IntakeReadings {
  readonly early: IntakeTally;
  readonly late: IntakeTally;
  /** Messages answered before this process. */
  readonly before: number;
}

/** Messages that intake has answered for good. */
export const answered = ({ counter }: StoredCounts): number =>
  counter('intake.stored') + counter('intake.duplicate') + counter('intake.deadLettered');

export const tallied = ({ stored, duplicate, deadLettered }: IntakeTally): number =>
  stored + duplicate + deadLettered;

/** One statement, so that all of it is of one moment. */
export async function readStored(database: Queryable): Promise<StoredCounts> {
  const [row] = await database.query<{
    readonly counters: Readonly<Record<string, number>>;
    readonly logged: number;
    readonly external: boolean;
    readonly committed: number;
    readonly pending: number;
  }>(`SELECT
    (SELECT coalesce(jsonb_object_agg(name, value), '{}') FROM counter) AS counters,
    (SELECT coalesce(sum(next_offset - 1), 0)::bigint FROM log_partition) AS logged,
    (SELECT coalesce(bool_or(external), false) FROM log_partition) AS external,
    (SELECT coalesce(sum(committed_offset), 0)::bigint FROM judge_cursor) AS committed,
    (SELECT count(*) FROM hold_due WHERE placed_at IS NULL) AS pending`);
  const { counters = {}, logged = 0, external = false, committed = 0, pending = 0 } = row ?? {};
  return { counter: (name) => counters[name] ?? 0, logged, external, committed, pending };
}
