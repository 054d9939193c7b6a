/** What became of a letter, and what that is for its case: both in one transaction. Only delivery starts a clock. */
import type { CaseEvent, CaseReason } from '@wayside/contracts/case';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { deliveryEvent } from '../../domain/notice/letters-due.ts';
import { lockCase } from '../cases/rows.ts';
import type { Queryable } from '../database.ts';
import type { SendOutcome } from './channel.ts';
import type { NoticeHouse } from './house.ts';
import { lockNotice, type Notice } from './rows.ts';
import { tellCase } from './tell-case.ts';

export interface Settled {
  readonly outcome: SendOutcome;
  readonly attempt: number;
  readonly channel: string;
  /** When a letter that is not delivered yet is tried again; null: never. */
  readonly againAtMs: number | null;
}

/** @returns false where it had been settled otherwise before. Locks: the case, then the notice. */
export function settle(
  house: NoticeHouse,
  { id, caseId }: Pick<Notice, 'id' | 'caseId'>,
  settled: Settled,
): Promise<boolean> {
  const { cases } = house;
  return cases.database.transaction(async (tx) => {
    const file = caseId === null ? undefined : await lockCase(tx, caseId);
    const notice = await lockNotice(tx, id);
    if (!notice || (notice.state !== 'due' && notice.state !== 'handed-over')) return false;
    const nowMs = cases.clock();
    await writeAttempt(tx, id, settled, nowMs);
    await writeState(tx, id, settled, nowMs);
    const step = file && eventOf(notice, file, settled);
    if (file && step) await tellCase(tx, cases, file, { ...step, noticeId: id });
    return true;
  });
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

async function writeAttempt(
  tx: Queryable,
  id: string,
  { outcome, attempt, channel }: Settled,
  nowMs: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO notice_attempt (notice_id, attempt, at, channel, outcome, detail)
     VALUES ($1, $2, $3::timestamptz, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [id, attempt, iso(nowMs), channel, outcome.kind, outcome.detail],
  );
}

async function writeState(
  tx: Queryable,
  id: string,
  { outcome, channel, againAtMs }: Settled,
  nowMs: number,
): Promise<void> {
  const state = stateAfter(outcome, againAtMs);
  await tx.query(
    `UPDATE notice SET state = $2, channel = $3, next_attempt_at = $4::timestamptz, delivered_at = $5::timestamptz,
       failure = $6 WHERE id = $1`,
    [
      id,
      state,
      channel,
      state === 'due' ? iso(againAtMs) : null,
      state === 'delivered' ? iso(nowMs) : null,
      outcome.kind === 'not-now' || outcome.kind === 'never' ? outcome.detail : null,
    ],
  );
}

function stateAfter({ kind }: SendOutcome, againAtMs: number | null): Notice['state'] {
  if (kind === 'delivered' || kind === 'handed-over') return kind;
  return kind === 'not-now' && againAtMs !== null ? 'due' : 'failed';
}

/** @returns undefined where the letter’s fate is nothing to its case, or is not settled yet. */
function eventOf(
  { kind }: Notice,
  file: CaseFile,
  { outcome, againAtMs }: Settled,
): { readonly event: CaseEvent; readonly reason: CaseReason } | undefined {
  const onDelivery = deliveryEvent(kind, file);
  if (onDelivery === undefined) return undefined;
  const state = stateAfter(outcome, againAtMs);
  if (state === 'delivered') return { event: onDelivery, reason: 'letter-delivered' };
  return state === 'failed' ? { event: 'fail-delivery', reason: failureReason(outcome) } : undefined;
}

const failureReason = (outcome: SendOutcome): CaseReason =>
  outcome.kind === 'never' ? outcome.reason : 'channel-failed';
