/** Sends what is due. Any number of processes may run it: a letter is one process’s alone while it is being sent. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { waitAfterMs } from '../../domain/notice/backoff.ts';
import { isOvertaken } from '../../domain/notice/letters-due.ts';
import type { CaseState } from '@wayside/contracts/case';
import type { OutgoingLetter, SendOutcome } from './channel.ts';
import type { NoticeHouse } from './house.ts';
import { readNotice, type Notice } from './rows.ts';
import { settle } from './settle.ts';
import { takePointsLetters } from './take-points-letters.ts';
import { fixLetter, letterOf } from './write-letter.ts';

export interface SentReport {
  readonly delivered: number;
  readonly handedOver: number;
  readonly failed: number;
  readonly withdrawn: number;
}

/** Longer than any attempt takes; a process that died with a letter in its hands is followed by another then. */
const LEASE_MS = 5 * 60_000;
const ATTEMPT_TIMEOUT_MS = 60_000;
const MAX_ONE_RUN = 100;

export async function sendDue(house: NoticeHouse, signal: AbortSignal): Promise<SentReport> {
  const report = { delivered: 0, handedOver: 0, failed: 0, withdrawn: 0 };
  for (let i = 0; i < MAX_ONE_RUN && !signal.aborted; i++) {
    const notice = await claim(house);
    if (!notice) break;
    report[await sendOne(house, notice, signal)] += 1;
  }
  return report;
}

/** Takes the letter that has been due longest; of those due together, what happened first is told first. */
async function claim({ cases }: NoticeHouse): Promise<Notice | undefined> {
  const nowMs = cases.clock();
  const [claimed] = await cases.database.query<{ readonly id: string }>(
    `UPDATE notice SET attempts = attempts + 1, next_attempt_at = $2::timestamptz WHERE id = (
       SELECT id FROM notice WHERE state = 'due' AND next_attempt_at <= $1::timestamptz
       ORDER BY next_attempt_at, position, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id`,
    [new Date(nowMs).toISOString(), new Date(nowMs + LEASE_MS).toISOString()],
  );
  return claimed && readNotice(cases.database, claimed.id);
}

async function sendOne(house: NoticeHouse, notice: Notice, signal: AbortSignal): Promise<keyof SentReport> {
  if (await withdrawIfOvertaken(house, notice)) return 'withdrawn';
  const outcome = await attempt(house, notice, signal);
  const { channel, cases } = house;
  const waitMs = waitAfterMs(notice.attempts);
  const againAtMs = waitMs === undefined ? null : cases.clock() + waitMs;
  await settle(house, notice, { outcome, attempt: notice.attempts, channel: channel.name, againAtMs });
  if (outcome.kind === 'delivered') return 'delivered';
  return outcome.kind === 'handed-over' ? 'handedOver' : 'failed';
}

/** A request to name the driver that waited until the driver had come forward would only confuse. */
async function withdrawIfOvertaken({ cases }: NoticeHouse, { id, caseId, kind }: Notice): Promise<boolean> {
  if (caseId === null) return false;
  const [row] = await cases.database.query<{ readonly state: CaseState }>(
    'SELECT state FROM case_file WHERE id = $1',
    [caseId],
  );
  if (!row || !isOvertaken(kind, row.state)) return false;
  await cases.database.query(
    `UPDATE notice SET state = 'withdrawn', next_attempt_at = NULL WHERE id = $1 AND state = 'due'`,
    [id],
  );
  return true;
}

async function attempt(house: NoticeHouse, notice: Notice, signal: AbortSignal): Promise<SendOutcome> {
  try {
    const letter = await outgoing(house, notice);
    if (!letter) return { kind: 'never', reason: 'channel-failed', detail: 'its case is not there' };
    return await house.channel.send(
      letter,
      AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
    );
  } catch (error) {
    return { kind: 'not-now', detail: error instanceof Error ? error.message : String(error) };
  }
}

async function outgoing(house: NoticeHouse, notice: Notice): Promise<OutgoingLetter | undefined> {
  const { database } = house.cases;
  const facts = await database.transaction((tx) => fixLetter(tx, house, notice));
  if (!facts) return undefined;
  const letter = await letterOf(database, house, notice, facts, { sealed: false });
  return {
    id: notice.id,
    kind: notice.kind,
    account: notice.account,
    address: await house.addresses.addressOf(notice.account),
    language: letter.language,
    subject: letter.title,
    html: house.press.html(letter),
    pdf: await house.press.pdf(letter),
  };
}

export interface PostRoomParts extends NoticeHouse {
  readonly logger: Logger;
  readonly intervalMs: number;
}

/** Resolves when the signal aborts. A round that fails is logged, and the next one looks again. */
export async function keepSending(parts: PostRoomParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await takePointsLetters(parts.cases);
      const sent = await sendDue(parts, signal);
      if (Object.values(sent).some((count) => count > 0)) parts.logger.info({ ...sent }, 'letters sent');
    } catch (error) {
      parts.logger.error({ err: error }, 'a round of sending letters failed');
    }
    await sleep(parts.intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
