/** Takes up the letters that points themselves call for: warnings as points add up, apologies for what was reversed. */
import type { Queryable } from '../database.ts';
import type { CaseHouse } from '../cases/house.ts';
import { queueNotices, type NoticeOrder } from './queue-letters.ts';

interface WaitingLetter {
  readonly id: string;
  readonly account: string;
  readonly letter: string;
  readonly scheme: string;
  /** The case whose points were given back, and where its history ends. */
  readonly caseId: string | null;
  readonly position: number | null;
  readonly details: {
    readonly at?: number;
    readonly standing?: number;
    readonly points?: number;
    readonly reason?: string;
  };
}

const BATCH = 100;

/** @returns how many were taken. Any number of processes may run it. */
export const takePointsLetters = ({ database, clock }: CaseHouse): Promise<number> =>
  database.transaction(async (tx) => {
    const waiting = await lockWaiting(tx);
    const nowMs = clock();
    await queueNotices(tx, waiting.map(orderOf), nowMs);
    if (waiting.length > 0)
      await tx.query('UPDATE points_letter SET taken_at = $2::timestamptz WHERE id = ANY($1::uuid[])', [
        waiting.map(({ id }) => id),
        new Date(nowMs).toISOString(),
      ]);
    return waiting.length;
  });

const lockWaiting = (tx: Queryable): Promise<readonly WaitingLetter[]> =>
  tx.query<WaitingLetter>(
    `SELECT l.id, l.account, l.letter, a.scheme, l.details, c.id AS "caseId", c.version AS position
     FROM points_letter l JOIN account a ON a.id = l.account
       LEFT JOIN case_file c ON c.infraction_id::text = l.details->>'infraction'
     WHERE l.taken_at IS NULL ORDER BY l.due_at, l.id LIMIT ${BATCH} FOR UPDATE OF l SKIP LOCKED`,
  );

function orderOf({ id, account, letter, scheme, caseId, position, details }: WaitingLetter): NoticeOrder {
  const { at, standing, points, reason } = details;
  return {
    kind: letter === 'reversed' ? 'reversal' : 'warning',
    account,
    about: caseId === null || position === null ? null : { caseId, position },
    cause: `points-letter:${id}`,
    details: {
      profile: scheme,
      ...(reason !== undefined && { note: reason }),
      ...(points !== undefined && { points }),
      ...(at !== undefined && standing !== undefined && { threshold: { letter, at, standing } }),
    },
  };
}
