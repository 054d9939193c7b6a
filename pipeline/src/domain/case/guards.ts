/**
 * What must hold besides the table. Each guard is one rule; the first that does not hold refuses the event.
 *
 * Two pairs of eyes: the reviewers of a case never decide its appeal, and who decided the first stage never decides the
 * second. A case is one officer's alone while it is assigned, so that two never decide the same.
 */
import type { CaseEvent } from '@wayside/contracts/case';
import type { CaseFile, Command } from './case-file.ts';
import { lapsedAt, runningPeriods } from './clock.ts';
import { EVENT_RULES } from './event-rules.ts';
import type { Obstacle } from './refusal.ts';
import { hasSecondStage, systemStep, type Surroundings } from './system-step.ts';

type Guard = (file: CaseFile, command: Command, around: Surroundings) => Obstacle | undefined;

/** @returns the first obstacle, or undefined where the way is free. */
export function obstacleOf(file: CaseFile, command: Command, around: Surroundings): Obstacle | undefined {
  for (const guard of [...ALWAYS, ...GUARDS[command.event]]) {
    const obstacle = guard(file, command, around);
    if (obstacle) return obstacle;
  }
  return undefined;
}

const actorMay: Guard = (_file, { event, actor, reason }) => {
  const reasons = EVENT_RULES[event][actor.kind];
  if (!reasons) return ['not-by-this-actor', `"${event}" is not done by a ${actor.kind}`];
  if (reasons.includes(reason)) return undefined;
  return ['not-for-this-reason', `"${event}" by a ${actor.kind} is for: ${reasons.join(', ')}`];
};

/** What only the clocks and the table bring about; it is due, never late. */
const OF_ITSELF: ReadonlySet<CaseEvent> = new Set<CaseEvent>([
  'name-driver',
  'uphold',
  'escalate',
  'finalise',
  'block',
  'post',
  'release',
]);

/** People and letters come too late when a period has lapsed, also where the scheduler has not yet come by to say so. */
const inTime: Guard = (file, { event, actor, atMs }, around) => {
  if (actor.kind === 'system' && OF_ITSELF.has(event)) return undefined;
  const lapsed = lapsedAt(
    runningPeriods(file, around).filter(({ onLapse }) => onLapse !== 'escalate'),
    atMs,
  );
  return lapsed && ['period-lapsed', `the last day was ${lapsed.lastDay}`];
};

const ALWAYS: readonly Guard[] = [actorMay, inTime];

/** What the house does of itself it does only when the table or a clock leaves no choice. */
const due: Guard = (file, { event, reason, actor, atMs }, around) => {
  if (actor.kind !== 'system') return undefined;
  const next = systemStep(file, around, atMs);
  if (next?.event === event && next.reason === reason) return undefined;
  return ['not-due', next ? `what is due is "${next.event}" (${next.reason})` : 'nothing is due'];
};

const free: Guard = ({ assignment }, { actor, atMs }) =>
  assignment !== null && assignment.untilMs > atMs && assignment.officer !== actor.id
    ? ['assigned-to-another', `until ${new Date(assignment.untilMs).toISOString()}`]
    : undefined;

const holdsIt: Guard = (file, command, around) => {
  const { assignment } = file;
  if (assignment?.officer === command.actor.id && assignment.untilMs > command.atMs) return undefined;
  return free(file, command, around) ?? ['not-assigned', 'take the case first'];
};

/** The officer's hand alone needs the case; where the house or the person acts it does not. */
const officerHoldsIt: Guard = (file, command, around) =>
  command.actor.kind === 'officer' ? holdsIt(file, command, around) : undefined;

const heldOnceInReview: Guard = (file, command, around) =>
  file.state === 'opened' ? undefined : officerHoldsIt(file, command, around);

const otherEyes: Guard = ({ state, reviews, deciders }, { actor }) => {
  const reviewed = reviews.some(({ officer }) => officer === actor.id);
  if (state === 'second-review' && reviewed)
    return ['reviewed-it-first', 'a second review is another officer’s'];
  if ((state === 'appealed' || state === 'appealed-again') && reviewed)
    return ['reviewer-decides-own', 'the reviewer of a case never decides its appeal'];
  if (state === 'appealed-again' && deciders.includes(actor.id))
    return ['decided-it-first', 'the second stage is decided by another officer than the first'];
  return undefined;
};

const deviceTrusted: Guard = (_file, _command, { deviceSuspended }) =>
  deviceSuspended ? ['device-suspended', 'too many of its infractions were wrong'] : undefined;

const saysWhy: Guard = (_file, { actor, note }) =>
  actor.kind === 'officer' && !note?.trim()
    ? ['reasons-missing', 'a decision comes with its reasons in words']
    : undefined;

const isTheDriver: Guard = ({ driver }, { actor }) =>
  actor.kind === 'driver' && actor.id !== driver
    ? ['not-the-driver', 'only the person whose points they are']
    : undefined;

const secondStage: Guard = ({ state }, _command, around) =>
  state === 'dismissed' && !hasSecondStage(around)
    ? ['no-second-stage', 'this process has one stage of appeal']
    : undefined;

const notItself: Guard = ({ id }, { duplicateOf }) =>
  duplicateOf === undefined || duplicateOf === id
    ? ['duplicate-of-itself', 'name the case that stands']
    : undefined;

const asksKeeper: Guard = (_file, _command, { track }) =>
  track.stages.includes('keeper-notice')
    ? undefined
    : ['keeper-not-asked', 'this process has no letter to a keeper'];

const notYetNotified: Guard = ({ moments }) =>
  moments['decision-notified'] === undefined
    ? undefined
    : ['already-notified', 'the letter was delivered before'];

const namesSomebody: Guard = ({ track }, { driver }) => {
  if (driver === undefined) return ['driver-missing', 'name the account of the person who drove'];
  return driver.startsWith(`${track}:`)
    ? undefined
    : ['account-of-other-kind', 'road and rail accounts are separate'];
};

/** The keeper is not the driver until somebody who can know it says so. */
const namedByWhoKnows: Guard = ({ keeper }, { actor, reason, driver }) => {
  if (actor.kind === 'keeper' && actor.id !== keeper) return ['not-the-keeper', 'only the keeper is asked'];
  if (actor.kind === 'driver' && actor.id !== driver)
    return ['not-the-driver', 'a driver names only himself'];
  if (reason === 'keeper-was-driver' && driver !== keeper)
    return ['driver-is-not-keeper', 'another is named than the keeper'];
  if (reason === 'keeper-names-driver' && driver === keeper)
    return ['driver-is-keeper', 'the keeper names himself'];
  return undefined;
};

const GUARDS: Readonly<Record<CaseEvent, readonly Guard[]>> = {
  assign: [otherEyes, free],
  'hand-back': [holdsIt],
  'mark-duplicate': [heldOnceInReview, otherEyes, notItself],
  confirm: [otherEyes, holdsIt, deviceTrusted],
  reject: [otherEyes, holdsIt],
  'notify-keeper': [asksKeeper],
  'name-driver': [due, namesSomebody, namedByWhoKnows],
  'notify-driver': [],
  'fail-delivery': [],
  accept: [isTheDriver],
  appeal: [isTheDriver, secondStage],
  withdraw: [isTheDriver],
  uphold: [due, otherEyes, officerHoldsIt, saysWhy],
  dismiss: [otherEyes, holdsIt, saysWhy],
  'notify-decision': [notYetNotified],
  escalate: [due],
  finalise: [due],
  block: [due],
  post: [due],
  release: [due],
};
