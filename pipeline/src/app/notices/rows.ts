/** Rows of notice. */
import type { Language, NoticeKind, NoticeState, NoticeView } from '@wayside/contracts/notice';
import type { LetterFacts } from '../../domain/notice/letter-facts.ts';
import type { Queryable } from '../database.ts';
import type { NoticeDetails } from './queue-letters.ts';

export interface Notice {
  readonly id: string;
  readonly caseId: string | null;
  readonly position: number | null;
  readonly kind: NoticeKind;
  readonly account: string;
  readonly queuedAt: Date;
  readonly details: NoticeDetails;
  readonly letter: LetterFacts | null;
  readonly language: Language | null;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly channel: string | null;
  readonly deliveredAt: Date | null;
  readonly failure: string | null;
}

const COLUMNS = `id, case_id AS "caseId", position, kind, account, queued_at AS "queuedAt", details, letter, language,
  state, attempts, channel, delivered_at AS "deliveredAt", failure`;

export async function readNotice(tx: Queryable, id: string): Promise<Notice | undefined> {
  const [row] = await tx.query<Notice>(`SELECT ${COLUMNS} FROM notice WHERE id = $1`, [id]);
  return row;
}

/** The caller has the case locked, where there is one. */
export async function lockNotice(tx: Queryable, id: string): Promise<Notice | undefined> {
  const [row] = await tx.query<Notice>(`SELECT ${COLUMNS} FROM notice WHERE id = $1 FOR UPDATE`, [id]);
  return row;
}

/** Oldest first. */
export const noticesOfCase = (tx: Queryable, caseId: string): Promise<readonly Notice[]> =>
  tx.query<Notice>(`SELECT ${COLUMNS} FROM notice WHERE case_id = $1 ORDER BY position, queued_at, id`, [
    caseId,
  ]);

/** Of those that have no case: about the account itself. */
export const noticesOfAccount = (tx: Queryable, account: string): Promise<readonly Notice[]> =>
  tx.query<Notice>(
    `SELECT ${COLUMNS} FROM notice WHERE account = $1 AND case_id IS NULL ORDER BY queued_at DESC, id LIMIT 100`,
    [account],
  );

export async function keepLetter(tx: Queryable, id: string, facts: LetterFacts): Promise<void> {
  await tx.query('UPDATE notice SET letter = $2::jsonb, language = $3 WHERE id = $1 AND letter IS NULL', [
    id,
    JSON.stringify(facts),
    facts.language,
  ]);
}

const USUAL_LANGUAGE: Language = 'en';

export const noticeView = (notice: Notice): NoticeView => ({
  id: notice.id,
  kind: notice.kind,
  recipient: notice.account,
  language: notice.language ?? USUAL_LANGUAGE,
  state: notice.state,
  queuedAt: notice.queuedAt.toISOString(),
  deliveredAt: notice.deliveredAt?.toISOString() ?? null,
  attempts: notice.attempts,
  channel: notice.channel,
  failure: notice.failure,
});
