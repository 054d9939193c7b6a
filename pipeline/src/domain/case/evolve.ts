/** One transition applied to a case. No judgement here: whether it may happen is step.ts's question. */
import type { CaseState } from '@wayside/contracts/case';
import type { Moment } from '@wayside/contracts/law-process';
import type { Pause } from '../calendar/deadline.ts';
import type { CaseFile, Review, Transition } from './case-file.ts';
import { isDeviceWrong } from './event-rules.ts';

/** The moment a clock may run from, by the state that is entered. */
const MOMENT_OF: Readonly<Partial<Record<CaseState, Moment>>> = {
  'second-review': 'first-reviewed',
  confirmed: 'confirmed',
  'keeper-notified': 'keeper-notified',
  identified: 'identified',
  noticed: 'noticed',
  appealed: 'appealed',
  dismissed: 'dismissed',
  'appealed-again': 'appealed-again',
};

export function evolve(file: CaseFile, transition: Transition): CaseFile {
  const moved = transition.from !== transition.to;
  const reviews = reviewsAfter(file, transition);
  return {
    ...file,
    state: transition.to,
    version: transition.position,
    changedAtMs: transition.atMs,
    moments: momentsAfter(file, transition),
    pauses: pausesAfter(file, transition),
    escalated: escalatedAfter(file, transition),
    assignment: assignmentAfter(file, transition),
    reviews,
    deciders: decidersAfter(file, transition),
    ...namedDriver(file, transition),
    duplicateOf: transition.details.duplicateOf ?? file.duplicateOf,
    finding: findingAfter(file, transition, reviews),
    blockedBy: transition.event === 'block' ? transition.reason : moved ? null : file.blockedBy,
  };
}

/** An appeal that is withdrawn enters nothing anew: the old clock goes on. */
function momentsAfter({ moments }: CaseFile, { event, from, to, atMs }: Transition): CaseFile['moments'] {
  if (event === 'notify-decision') return { ...moments, 'decision-notified': atMs };
  if (event === 'fail-delivery' && from === 'dismissed') {
    const kept = { ...moments };
    delete kept['decision-notified'];
    return kept;
  }
  const entered = MOMENT_OF[to];
  if (from === to || event === 'withdraw' || entered === undefined) return moments;
  return { ...moments, [entered]: atMs };
}

const isAppeal = (state: CaseState | null): boolean => state === 'appealed' || state === 'appealed-again';

function pausesAfter({ pauses }: CaseFile, { from, to, atMs }: Transition): readonly Pause[] {
  if (!isAppeal(from) && isAppeal(to)) return [...pauses, { fromMs: atMs, toMs: null }];
  if (!isAppeal(from) || isAppeal(to)) return pauses;
  return pauses.map((pause) => (pause.toMs === null ? { ...pause, toMs: atMs } : pause));
}

function escalatedAfter({ escalated }: CaseFile, transition: Transition): CaseFile['escalated'] {
  if (transition.from !== transition.to) return [];
  const { period } = transition.details;
  return transition.event === 'escalate' && period !== undefined ? [...escalated, period] : escalated;
}

function assignmentAfter(file: CaseFile, { event, from, to, actor, details }: Transition) {
  if (event === 'assign' && details.assignedUntilMs !== undefined)
    return { officer: actor.id, untilMs: details.assignedUntilMs };
  return event === 'hand-back' || from !== to ? null : file.assignment;
}

function reviewsAfter({ reviews }: CaseFile, { event, actor, reason }: Transition): readonly Review[] {
  if (event !== 'confirm' && event !== 'reject') return reviews;
  return [...reviews, { officer: actor.id, decision: event, reason }];
}

function decidersAfter({ deciders }: CaseFile, { event, actor }: Transition): readonly string[] {
  const decided = (event === 'uphold' || event === 'dismiss') && actor.kind === 'officer';
  return decided ? [...deciders, actor.id] : deciders;
}

function namedDriver(file: CaseFile, { event, details }: Transition) {
  const { account, driver, holdId } = file;
  if (event !== 'name-driver' || details.driver === undefined) return { account, driver, holdId };
  return {
    account: details.driver,
    driver: details.driver,
    holdId: details.holdId === undefined ? holdId : details.holdId,
  };
}

function findingAfter(
  file: CaseFile,
  { to, from, reason }: Transition,
  reviews: readonly Review[],
): CaseFile['finding'] {
  if (from === to) return file.finding;
  if (to === 'confirmed' && from !== 'keeper-notified') return 'right';
  if (to === 'rejected') return reviews.some((review) => isDeviceWrong(review.reason)) ? 'wrong' : null;
  if (to === 'upheld' && isDeviceWrong(reason)) return 'wrong';
  return file.finding;
}
