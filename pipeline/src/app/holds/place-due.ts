/** Places every hold that is due, group by group, whoever asked: the queue's job, the sweeper or the start. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database, Queryable } from '../database.ts';
import type { TrackOf } from '../ledger/charges.ts';
import { placeGroupOfHolds } from '../ledger/place-group.ts';
import type { DueHold, PlacedHolds, ProfileOf } from '../ledger/place-holds.ts';
import type { LiveBus } from '../live-bus.ts';
import type { LatencyRecorder } from './latency.ts';

export interface PlaceDueParts {
  readonly database: Database;
  readonly profileOf: ProfileOf;
  /** Absent: no scheme here has a novice's factor or a limit an occasion. */
  readonly trackOf?: TrackOf;
  /** Schemes that profileOf knows; what is due under another waits, and shows as pending. */
  readonly schemes: readonly string[];
  readonly bus: LiveBus;
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
  for (let total = 0; ;) {
    const { placed, looked } = await placeGroup(parts, lane, groupSize, olderThanMs);
    total += placed;
    if (placed === 0 || looked < groupSize) return total;
  }
}

async function placeGroup(
  parts: PlaceDueParts,
  lane: number,
  groupSize: number,
  olderThanMs: number,
): Promise<{ readonly placed: number; readonly looked: number }> {
  const { database, clock, profileOf, trackOf } = parts;
  const done = await database.transaction(async (tx) => {
    const due = await takeDue(tx, parts, lane, clock() - olderThanMs, groupSize);
    return { looked: due.length, ...(await placeGroupOfHolds(tx, due, { profileOf, trackOf }, clock())) };
  });
  if (done.looked > 0) report(parts, done);
  return { placed: done.placed.length, looked: done.looked };
}

/** Locks the rows it returns; rows that another worker holds are left to it. */
const takeDue = (
  tx: Queryable,
  { schemes, lanes = 1 }: PlaceDueParts,
  lane: number,
  dueBeforeMs: number,
  limit: number,
) =>
  tx.query<DueHold>(
    `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
       detected_at_ms AS "detectedAtMs"
     FROM hold_due WHERE placed_at IS NULL AND due_at <= $1::timestamptz AND scheme = ANY($2::text[])
       AND ($4::integer = 1 OR (hashtext(account) & 2147483647) % $4::integer = $5::integer)
     ORDER BY due_at, hold_id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [new Date(dueBeforeMs).toISOString(), schemes, limit, lanes, lane],
  );

/** After the commit: the latency that people see, and the pages. */
function report({ bus, latency, clock, logger }: PlaceDueParts, { placed, conflicts }: PlacedHolds): void {
  const committedAtMs = clock();
  const at = new Date(committedAtMs).toISOString();
  for (const { infractionId, account, points, detectedAtMs } of placed) {
    const detectionToHoldMs = committedAtMs - detectedAtMs;
    latency.add(detectionToHoldMs);
    bus.publish({ kind: 'hold', infractionId, account, points, at, detectionToHoldMs });
  }
  for (const holdId of conflicts)
    logger.error({ holdId }, 'a hold with this id and other content stands in the ledger; left waiting');
}
