/** What the person concerned sees. */
import type { Actor } from '@wayside/contracts/case';
import type {
  PortalCase,
  PortalCaseSummary,
  PortalSession,
  PortalStep,
} from '@wayside/contracts/http-portal';
import type { InfractionDetail } from '@wayside/contracts/http';
import type { CaseFile, Transition } from '../../domain/case/case-file.ts';
import { runningPeriods } from '../../domain/case/clock.ts';
import { personOptions } from '../../domain/case/options.ts';
import { PERIOD_RULES } from '../../domain/case/period-rules.ts';
import { surroundingsOf } from '../cases/around.ts';
import { blindTo, readCase } from '../cases/case-views.ts';
import { transitionView } from '../cases/case-detail.ts';
import type { Queryable } from '../database.ts';
import { fileNumberOf } from '../notices/letter-facts-of.ts';
import type { NoticeHouse } from '../notices/house.ts';
import { noticesOfAccount, noticesOfCase, noticeView } from '../notices/rows.ts';
import { infractionDetail } from '../queries/infraction-detail.ts';
import { roleIn, type Access, type PortalRole } from './access.ts';
import { commentsOf } from './comments.ts';
import { uploadsOf } from './uploads.ts';

const MAX_CASES = 100;

export async function portalSession(
  tx: Queryable,
  { cases }: NoticeHouse,
  { caseId, account }: Access,
): Promise<PortalSession> {
  const rows = await tx.query<{ readonly body: CaseFile }>(
    `SELECT body FROM case_file WHERE ($1::uuid IS NULL OR id = $1)
       AND (body->>'driver' = $2 OR body->>'keeper' = $2) ORDER BY occurred_at DESC, id LIMIT ${MAX_CASES}`,
    [caseId, account],
  );
  const files = rows.map(({ body }) => body);
  const letters = await noticesOfAccount(tx, account);
  return {
    account,
    language: files[0] && cases.processes.get(files[0].process.id)?.calendar.id === 'cn' ? 'zh' : 'en',
    cases: await Promise.all(files.map((file) => summary(tx, file))),
    letters: letters.map(noticeView),
  };
}

async function summary(tx: Queryable, file: CaseFile, found?: InfractionDetail): Promise<PortalCaseSummary> {
  const detail = found ?? (await detailOf(tx, file));
  return {
    id: file.id,
    fileNumber: fileNumberOf(file.id),
    rule: file.rule,
    place: detail?.siteName ?? file.site,
    timeZone: file.timeZone,
    occurredAt: new Date(file.moments.occurred ?? 0).toISOString(),
    points: file.points,
    state: file.state,
  };
}

async function detailOf(tx: Queryable, file: CaseFile): Promise<InfractionDetail | undefined> {
  const found = await infractionDetail(tx, file.infractionId);
  return found.kind === 'found' ? found.detail : undefined;
}

/** @returns undefined where this reference does not open that case. */
export async function portalCase(
  tx: Queryable,
  house: NoticeHouse,
  access: Access,
  caseId: string,
): Promise<PortalCase | undefined> {
  if (access.caseId !== null && access.caseId !== caseId) return undefined;
  const record = await readCase(tx, caseId);
  const role = record && roleIn(record.file, access.account);
  if (!record || !role) return undefined;
  const { file } = record;
  const detail = await detailOf(tx, file);
  const head = { ...(await summary(tx, file, detail)), role, version: file.version };
  const letters = await lettersFor(tx, file, access.account);
  if (role === 'passed-on') return { ...head, ...NOTHING_MORE, letters };
  return {
    ...head,
    lapses: await lapses(tx, house, file),
    options: await options(tx, house, file, role, access.account),
    evidence: detail ?? null,
    thresholds: thresholdsOf(house, file),
    steps: blindTo(record).transitions.map((step) => stepView(file, step)),
    comments: [...(await commentsOf(tx, caseId))],
    uploads: [...(await uploadsOf(tx, caseId))],
    letters,
  };
}

const thresholdsOf = ({ cases }: NoticeHouse, { track, profile }: CaseFile): PortalCase['thresholds'] => {
  const law = cases.profileOf(profile.id);
  return track === 'road' && law?.version === profile.version ? law.road.thresholds : null;
};

const NOTHING_MORE = {
  lapses: null,
  options: [],
  evidence: null,
  thresholds: null,
  steps: [],
  comments: [],
  uploads: [],
};

async function lapses(tx: Queryable, { cases }: NoticeHouse, file: CaseFile): Promise<PortalCase['lapses']> {
  const [next] = runningPeriods(file, await surroundingsOf(tx, cases, file));
  return next
    ? { lastMoment: new Date(next.atMs).toISOString(), reason: PERIOD_RULES[next.name].lapsed }
    : null;
}

export const actorIn = (role: Exclude<PortalRole, 'passed-on'>, account: string): Actor => ({
  kind: role,
  id: account,
});

async function options(
  tx: Queryable,
  { cases }: NoticeHouse,
  file: CaseFile,
  role: Exclude<PortalRole, 'passed-on'>,
  account: string,
): Promise<PortalCase['options']> {
  const around = await surroundingsOf(tx, cases, file);
  return personOptions(file, actorIn(role, account), around, cases.clock()).map(
    ({ event, reasons, needs }) => ({
      event,
      reasons: [...reasons],
      needs: needs.filter((need) => need !== 'duplicateOf'),
    }),
  );
}

const BY = { officer: 'office', system: 'house', keeper: 'keeper', driver: 'driver' } as const;

function stepView(file: CaseFile, step: Transition): PortalStep {
  const { position, event, to, at, reason, note, rules } = transitionView(file, step);
  return { position, event, to, at, reason, note, rules, by: BY[step.actor.kind] };
}

/** Only those that this person was sent. */
async function lettersFor(tx: Queryable, { id }: CaseFile, account: string): Promise<PortalCase['letters']> {
  const notices = await noticesOfCase(tx, id);
  return notices.filter((notice) => notice.account === account && notice.letter !== null).map(noticeView);
}
