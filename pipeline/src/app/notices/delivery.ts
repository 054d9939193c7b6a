/** What a carrier or a clerk says of a letter that had left the house. */
import type { DeliveryReport } from '@wayside/contracts/http-notices';
import type { CaseFile } from '../../domain/case/case-file.ts';
import type { NoticeKind } from '@wayside/contracts/notice';
import { lockCase } from '../cases/rows.ts';
import type { NoticeHouse } from './house.ts';
import { lockNotice, readNotice, type Notice } from './rows.ts';
import { settle } from './settle.ts';
import { tellCase } from './tell-case.ts';

/** @returns `settled` where it had been said otherwise before. */
export async function reportDelivery(
  house: NoticeHouse,
  id: string,
  { outcome, detail }: DeliveryReport,
  by: string,
): Promise<'done' | 'settled' | 'unknown'> {
  const notice = await readNotice(house.cases.database, id);
  if (!notice) return 'unknown';
  const channel = notice.channel ?? house.channel.name;
  const told = `${detail} (${by})`;
  if (notice.state === 'delivered')
    return outcome === 'delivered' ? 'settled' : comeBack(house, notice, outcome, told);
  const settled = await settle(house, notice, {
    outcome:
      outcome === 'delivered'
        ? { kind: 'delivered', detail: told }
        : {
            kind: 'never',
            reason: outcome === 'returned' ? 'channel-failed' : 'address-unknown',
            detail: told,
          },
    attempt: Math.max(1, notice.attempts),
    channel,
    againAtMs: null,
  });
  return settled ? 'done' : 'settled';
}

/** In which state a case is when its letter has been delivered and can still come back. */
const WAITS_IN: Readonly<Partial<Record<NoticeKind, CaseFile['state']>>> = {
  'identification-request': 'keeper-notified',
  opening: 'noticed',
  decision: 'dismissed',
};

/** It was thought to be delivered, and was not: the clock that it had started stops. */
function comeBack(
  house: NoticeHouse,
  { id, caseId, kind }: Notice,
  outcome: 'returned' | 'address-unknown',
  detail: string,
): Promise<'done' | 'settled'> {
  const { cases } = house;
  return cases.database.transaction(async (tx) => {
    const file = caseId === null ? undefined : await lockCase(tx, caseId);
    const notice = await lockNotice(tx, id);
    if (notice?.state !== 'delivered') return 'settled';
    await tx.query(`UPDATE notice SET state = 'failed', delivered_at = NULL, failure = $2 WHERE id = $1`, [
      id,
      detail,
    ]);
    await tx.query(
      `INSERT INTO notice_attempt (notice_id, attempt, at, channel, outcome, detail)
       VALUES ($1, $2, $3::timestamptz, $4, 'never', $5) ON CONFLICT DO NOTHING`,
      [id, Math.max(1, notice.attempts), new Date(cases.clock()).toISOString(), notice.channel ?? '', detail],
    );
    const reason = outcome === 'returned' ? 'letter-returned' : 'address-unknown';
    if (file && WAITS_IN[kind] === file.state)
      await tellCase(tx, cases, file, { event: 'fail-delivery', reason, noticeId: id });
    return 'done';
  });
}

/** @returns false where it had not failed. */
export async function sendAgain({ cases }: NoticeHouse, id: string): Promise<boolean> {
  const rows = await cases.database.query(
    `UPDATE notice SET state = 'due', next_attempt_at = $2::timestamptz, failure = NULL
     WHERE id = $1 AND state = 'failed' RETURNING id`,
    [id, new Date(cases.clock()).toISOString()],
  );
  return rows.length > 0;
}
