/** Gathers what a letter tells. What it says of time is counted from the moment of writing. */
import type { LawProcess, Period } from '@wayside/contracts/law-process';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { Language } from '@wayside/contracts/notice';
import { deadline } from '../../domain/calendar/deadline.ts';
import type { CaseFile, Transition } from '../../domain/case/case-file.ts';
import type { Law } from '../../domain/case/clock.ts';
import type { AnswerBy, Decision, LetterFacts, WhatWasSeen } from '../../domain/notice/letter-facts.ts';
import { lawOf } from '../cases/around.ts';
import { readCase } from '../cases/case-views.ts';
import { processUnder } from '../cases/processes.ts';
import type { Queryable } from '../database.ts';
import { findAccount } from '../queries/account.ts';
import { infractionDetail } from '../queries/infraction-detail.ts';
import type { NoticeHouse } from './house.ts';
import type { Notice } from './rows.ts';

/** @returns undefined where the notice is about a case that is not there. */
export async function letterFactsOf(
  tx: Queryable,
  house: NoticeHouse,
  notice: Notice,
): Promise<LetterFacts | undefined> {
  const address = await house.addresses.addressOf(notice.account);
  if (notice.caseId === null) return aboutAccount(tx, house, notice, address?.language);
  const record = await readCase(tx, notice.caseId);
  if (!record) return undefined;
  const { file, transitions } = record;
  const process = await processUnder(tx, house.cases, file.process);
  const step = transitions.find(({ position }) => position === notice.position);
  const law = lawOf(house.cases, process, file.track);
  const nowMs = house.cases.clock();
  return {
    ...(await common(tx, house, notice, { profileId: file.profile.id, language: address?.language })),
    timeZone: file.timeZone,
    fileNumber: fileNumberOf(file.id),
    law: lawWords(process, file),
    what: await whatWasSeen(tx, house, file),
    points: notice.details.points ?? file.points,
    answerBy: answerBy(notice, file, law, nowMs),
    decision: notice.kind === 'decision' && step ? decisionOf(step, file, law, nowMs) : null,
    because: notice.kind === 'release' ? (step?.reason ?? null) : null,
  };
}

async function aboutAccount(
  tx: Queryable,
  house: NoticeHouse,
  notice: Notice,
  language: Language | undefined,
): Promise<LetterFacts> {
  const profileId = notice.details.profile ?? '';
  const profile = house.cases.profileOf(profileId);
  return {
    ...(await common(tx, house, notice, { profileId, language })),
    timeZone: house.cases.processes.get(profileId)?.timeZone.id ?? 'UTC',
    fileNumber: fileNumberOf(notice.id),
    law: {
      title: profile?.title ?? profileId,
      wording: profile?.version ?? '',
      reviewed: profile?.reviewedBy !== null && profile !== undefined,
    },
    what: null,
    points: notice.details.points ?? 0,
    answerBy: null,
    decision: null,
    because: null,
  };
}

async function common(
  tx: Queryable,
  house: NoticeHouse,
  { kind, account, details }: Notice,
  of: { readonly profileId: string; readonly language: Language | undefined },
): Promise<
  Pick<LetterFacts, 'kind' | 'language' | 'writtenAtMs' | 'office' | 'account' | 'note' | 'threshold'>
> {
  const found = await findAccount(tx, account);
  return {
    kind,
    language: of.language ?? languageOf(of.profileId),
    writtenAtMs: house.cases.clock(),
    office: house.office,
    account: found
      ? { counts: found.counts, initial: found.initial, limit: found.limit, available: found.available }
      : null,
    note: details.note ?? null,
    threshold: details.threshold ?? null,
  };
}

/** Where the register does not say which a person reads. */
const languageOf = (profileId: string): Language => (profileId === 'cn' ? 'zh' : 'en');

/** On every paper of a case, for people; not what finds it. */
export const fileNumberOf = (id: string): string =>
  `WS-${id.slice(0, 4)}-${id.slice(4, 8)}-${id.slice(9, 13)}`.toUpperCase();

const lawWords = (process: LawProcess, { profile }: CaseFile): LetterFacts['law'] => ({
  title: process.title,
  wording: profile.version,
  reviewed: process.reviewedBy !== null,
});

async function whatWasSeen(tx: Queryable, house: NoticeHouse, file: CaseFile): Promise<WhatWasSeen | null> {
  const found = await infractionDetail(tx, file.infractionId);
  if (found.kind !== 'found') return null;
  const { infraction, evidence, siteName } = found.detail;
  const profile = house.cases.profileOf(file.profile.id);
  return {
    rule: file.rule,
    place: siteName,
    occurredAtMs: Date.parse(infraction.occurredAt),
    timeZone: file.timeZone,
    measures: infraction.measures,
    thresholds: file.track === 'road' ? thresholdsOf(profile, file) : null,
    simulated: infraction.origin === 'simulation' || evidence.body.report?.simulated === true,
    seat: seatOf(evidence.body),
  };
}

/** Only of the wording that was judged by. */
const thresholdsOf = (profile: LawProfile | undefined, { profile: ref }: CaseFile) =>
  profile?.version === ref.version ? profile.road.thresholds : null;

function seatOf({ report }: EvidenceBody): WhatWasSeen['seat'] {
  if (!report) return null;
  const { train, coach, place } = report.seat;
  return { train, coach, place };
}

function answerBy({ kind }: Notice, file: CaseFile, law: Law, nowMs: number): AnswerBy | null {
  if (kind === 'identification-request') return countedFrom(law.track.periods.naming, file, law, nowMs);
  return kind === 'opening' ? countedFrom(law.track.periods.appeal, file, law, nowMs) : null;
}

function countedFrom(
  period: Period | undefined,
  { timeZone }: CaseFile,
  { calendar }: Law,
  fromMs: number,
): AnswerBy | null {
  const due = period && deadline({ fromMs, period, timeZone, calendar });
  return due ? { days: period.days, dayKind: period.dayKind, lastDayIfToday: due.lastDay } : null;
}

function decisionOf(step: Transition, file: CaseFile, law: Law, nowMs: number): Decision {
  const upheld = step.to === 'upheld';
  return {
    upheld,
    reason: step.reason,
    note: step.note ?? '',
    further: step.to === 'dismissed' ? countedFrom(law.track.periods.secondAppeal, file, law, nowMs) : null,
  };
}
