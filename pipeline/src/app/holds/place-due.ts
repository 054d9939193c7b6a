/** Places every hold that is due, group by group, whoever asked: the queue's job, the sweeper or the start. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database, Queryable } from '../database.ts';
import type { TrackOf } from '../ledger/charges.ts';
import { placeGroupOfHolds } from '../ledger/place-group.ts';
import type { DueHold, PlacedHolds, ProfileOf } from '../ledger/place-holds.ts';
import type { LiveBus } from '../live-bus.ts';
import type { Tracer } from '../trace.ts';
import type { LatencyRecorder } from './latency.ts';
import { tellPlaced, type TracedHold } from './tell-placed.ts';

export interface PlaceDueParts {
  readonly database: Database;
  readonly profileOf: ProfileOf;
  /** Absent: no scheme here has a novice's factor or a limit an occasion. */
  readonly trackOf?: TrackOf;
  /** Schemes that profileOf knows; what is due under another waits, and shows as pending. */
  readonly schemes: readonly string[];
  readonly bus: LiveBus;
  readonly tracer?: Tracer;
  readonly latency: LatencyRecorder;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Holds a transaction; 500 where absent. */
  readonly groupSize?: number;
  /** Groups placed side by side, none of which touch the same account; 1 where absent. For servers with several sessions. */
  readonly lanes?: number;
}

const DEFAULT_GROUP = 500;

/**
 * Ends when all lanes have ended, also where one fails: none goes on behind the back of whoever asked.
 * @param olderThanMs leaves out what became due less than so long ago. @returns how many were placed.
 */
export async function placeDue(parts: PlaceDueParts, olderThanMs = 0): Promise<number> {
  const lanes = Array.from({ length: parts.lanes ?? 1 }, (_, lane) => placeLane(parts, lane, olderThanMs));
  let placed = 0;
  for (const lane of await Promise.allSettled(lanes)) {
    if (lane.status === 'rejected') throw lane.reason;
    placed += lane.value;
  }
  return placed;
}

async function placeLane(parts: PlaceDueParts, lane: number, olderThanMs: number): Promise<number> {
  const groupSize = parts.groupSize ?? DEFAULT_GROUP;
  let after = FIRST;
  for (let total = 0; ;) {
    const { placed, due } = await placeGroup(parts, { lane, after, olderThanMs, limit: groupSize });
    total += placed;
    after = due.at(-1) ?? after;
    if (placed === 0 || due.length < groupSize) return total;
  }
}

/** Where the lane has come to, so that what it has placed is not walked over again. */
type Place = Pick<WaitingHold, 'dueAt' | 'holdId'>;

const FIRST: Place = { dueAt: '-infinity', holdId: '00000000-0000-0000-0000-000000000000' };

interface WaitingHold extends DueHold, TracedHold {
  /** As the database writes it: to the microsecond. */
  readonly dueAt: string;
}

interface Wanted {
  readonly lane: number;
  readonly after: Place;
  readonly olderThanMs: number;
  readonly limit: number;
}

async function placeGroup(
  parts: PlaceDueParts,
  wanted: Wanted,
): Promise<{ readonly placed: number; readonly due: readonly WaitingHold[] }> {
  const { database, clock, profileOf, trackOf } = parts;
  const done = await database.transaction(async (tx) => {
    const due = await takeDue(tx, parts, wanted);
    return { due, ...(await placeGroupOfHolds(tx, due, { profileOf, trackOf }, clock())) };
  });
  if (done.due.length > 0) report(parts, done);
  return { placed: done.placed.length, due: done.due };
}

/**
 * Locks the rows it returns; rows that another worker holds are left to it. Told not to sort, the database walks the index
 * of what waits in its order and stops at the limit; left to its statistics, which know nothing of a sudden backlog, it
 * would read and sort the whole backlog for every group. Whose own clock is behind goes by the database's.
 */
async function takeDue(
  tx: Queryable,
  { schemes, clock, lanes = 1 }: PlaceDueParts,
  { lane, after, olderThanMs, limit }: Wanted,
): Promise<readonly WaitingHold[]> {
  await tx.query('SET LOCAL enable_sort = off');
  const due = await tx.query<WaitingHold>(
    `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
       detected_at_ms AS "detectedAtMs", due_at::text AS "dueAt",
       extract(epoch FROM due_at)::float8 * 1000 AS "dueAtMs", message_id AS "messageId"
     FROM hold_due WHERE placed_at IS NULL AND scheme = ANY($2::text[])
       AND due_at <= greatest($1::timestamptz, now() - $8::float8 * interval '1 millisecond')
       AND ($4::integer = 1 OR (hashtext(account) & 2147483647) % $4::integer = $5::integer)
       AND (due_at, hold_id) > ($6::timestamptz, $7::uuid)
     ORDER BY due_at, hold_id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [
      new Date(clock() - olderThanMs).toISOString(),
      schemes,
      limit,
      lanes,
      lane,
      after.dueAt,
      after.holdId,
      olderThanMs,
    ],
  );
  await tx.query('SET LOCAL enable_sort = on');
  return due;
}

/** After the commit: the latency that people see, and the pages. */
function report(
  { bus, latency, tracer, clock, logger }: PlaceDueParts,
  { due, placed, conflicts }: PlacedHolds & { readonly due: readonly WaitingHold[] },
): void {
  const committedAtMs = clock();
  const at = new Date(committedAtMs).toISOString();
  for (const { infractionId, account, points, detectedAtMs } of placed) {
    const detectionToHoldMs = committedAtMs - detectedAtMs;
    latency.add(detectionToHoldMs);
    bus.publish({ kind: 'hold', infractionId, account, points, at, detectionToHoldMs });
  }
  if (tracer) tellPlaced(tracer, placed, due, committedAtMs);
  for (const holdId of conflicts)
    logger.error({ holdId }, 'a hold with this id and other content stands in the ledger; left waiting');
}
