/** Writes down which letters are due, in the transaction of what they tell of. */
import { deriveId } from '@wayside/contracts/ids';
import type { ProcessTrack } from '@wayside/contracts/law-process';
import type { NoticeKind } from '@wayside/contracts/notice';
import type { CaseFile } from '../../domain/case/case-file.ts';
import type { Done } from '../../domain/case/step.ts';
import type { Threshold } from '../../domain/notice/letter-facts.ts';
import { lettersDue } from '../../domain/notice/letters-due.ts';
import type { Queryable } from '../database.ts';

/** What only the cause of a letter knows. */
export interface NoticeDetails {
  /** A letter about an account: the law profile it counts under. */
  readonly profile?: string;
  /** In words, for the person. */
  readonly note?: string;
  /** Where they are not those of the case. */
  readonly points?: number;
  readonly threshold?: Threshold;
}

export interface NoticeOrder {
  readonly kind: NoticeKind;
  readonly account: string;
  /** Null: about the account, not about a case. */
  readonly about: { readonly caseId: string; readonly position: number } | null;
  /** What it was caused by; the same cause brings the same letter, once. */
  readonly cause: string;
  readonly details: NoticeDetails;
}

/** @returns ids that were not queued before. */
export async function queueNotices(
  tx: Queryable,
  orders: readonly NoticeOrder[],
  atMs: number,
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const rows = orders.map(({ kind, account, about, cause, details }) => ({
    id: deriveId('notice', kind, account, cause),
    case_id: about?.caseId ?? null,
    position: about?.position ?? null,
    kind,
    account,
    details,
  }));
  const inserted = await tx.query<{ readonly id: string }>(
    `INSERT INTO notice (id, case_id, position, kind, account, queued_at, details, state, next_attempt_at)
     SELECT id, case_id, position, kind, account, $2::timestamptz, details, 'due', $2::timestamptz
     FROM json_to_recordset($1::json) AS r(id uuid, case_id uuid, position integer, kind text, account text, details jsonb)
     ORDER BY id ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows), new Date(atMs).toISOString()],
  );
  return inserted.map(({ id }) => id);
}

/** @param before the case as it was before the first of the steps. */
export function queueLettersOf(
  tx: Queryable,
  before: CaseFile,
  steps: readonly Done[],
  track: ProcessTrack,
  atMs: number,
): Promise<readonly string[]> {
  const orders = steps.flatMap(({ file, transition }, i) =>
    lettersDue(steps[i - 1]?.file ?? before, file, transition, track).map(({ kind, account }) => ({
      kind,
      account,
      about: { caseId: file.id, position: transition.position },
      cause: `case:${file.id}:${transition.position}`,
      details: {},
    })),
  );
  return queueNotices(tx, orders, atMs);
}
