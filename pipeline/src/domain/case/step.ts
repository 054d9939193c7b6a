/** One step of a case: the table, then the guards, then the transition. Pure; the clock comes with the command. */
import type { CaseState } from '@wayside/contracts/case';
import { deriveId } from '@wayside/contracts/ids';
import type { CaseFile, Command, Transition, TransitionDetails } from './case-file.ts';
import { lapsedAt, runningPeriods } from './clock.ts';
import { evolve } from './evolve.ts';
import { obstacleOf } from './guards.ts';
import { PERIOD_RULES } from './period-rules.ts';
import { refuse, type Refusal } from './refusal.ts';
import { isSampled } from './sampling.ts';
import { systemStep, type Surroundings } from './system-step.ts';
import { cellOf } from './table.ts';

export interface Done {
  readonly kind: 'done';
  readonly file: CaseFile;
  readonly transition: Transition;
}

export function step(file: CaseFile, command: Command, around: Surroundings): Done | Refusal {
  const cell = cellOf(file.state, command.event);
  if (cell.kind === 'refused')
    return refuse(
      file.state,
      'not-in-this-state',
      `a case that is ${file.state} takes no "${command.event}"`,
    );
  const timely = { ...command, atMs: Math.max(command.atMs, file.changedAtMs) };
  const obstacle = obstacleOf(file, timely, around);
  if (obstacle) return refuse(file.state, ...obstacle);
  const transition: Transition = {
    position: file.version + 1,
    event: timely.event,
    from: file.state,
    to: targetOf(file, timely, around, cell.to),
    actor: timely.actor,
    atMs: timely.atMs,
    reason: timely.reason,
    note: timely.note ?? null,
    details: detailsOf(file, timely, around),
  };
  return { kind: 'done', file: evolve(file, transition), transition };
}

/** More steps than a case can take of itself at one moment; reaching it is a circle in the table. */
const MAX_STEPS = 16;

/** Lets the house do all that is due at a moment. @returns the steps in order, none where nothing is due. */
export function advance(file: CaseFile, around: Surroundings, atMs: number): readonly Done[] {
  const done: Done[] = [];
  let current = file;
  for (let i = 0; i < MAX_STEPS; i++) {
    const command = systemStep(current, around, atMs);
    if (command === undefined) return done;
    const stepped = step(current, command, around);
    if (stepped.kind === 'refused')
      throw new Error(`case ${file.id}: what was due was refused: ${stepped.detail}`);
    done.push(stepped);
    current = stepped.file;
  }
  throw new Error(`case ${file.id} does not come to rest`);
}

function targetOf(
  file: CaseFile,
  { event }: Command,
  around: Surroundings,
  to: readonly [CaseState, ...CaseState[]],
): CaseState {
  if (file.state === 'in-review' && (event === 'confirm' || event === 'reject'))
    return isDoubleChecked(file, event, around) ? 'second-review' : to[0];
  // In doubt for the person: a case goes on only if both reviewers, who did not see each other's, say so.
  if (file.state === 'second-review' && event === 'confirm')
    return file.reviews.every(({ decision }) => decision === 'confirm') ? 'confirmed' : 'rejected';
  return to[0];
}

function isDoubleChecked(
  { id }: CaseFile,
  event: 'confirm' | 'reject',
  { track: { secondReview }, samplingKey }: Surroundings,
): boolean {
  const perMille = event === 'confirm' ? secondReview.confirmedPerMille : secondReview.rejectedPerMille;
  return isSampled(id, samplingKey, perMille);
}

function detailsOf(file: CaseFile, command: Command, around: Surroundings): TransitionDetails {
  return {
    ...(command.reference !== undefined && { reference: command.reference }),
    ...ownDetails(file, command, around),
  };
}

function ownDetails(file: CaseFile, command: Command, around: Surroundings): TransitionDetails {
  switch (command.event) {
    case 'assign':
      return { assignedUntilMs: command.atMs + around.track.assignment.minutes * 60_000 };
    case 'mark-duplicate':
      return command.duplicateOf === undefined ? {} : { duplicateOf: command.duplicateOf };
    case 'name-driver':
      return command.driver === undefined
        ? {}
        : { driver: command.driver, holdId: holdAfter(file, command.driver) };
    default:
      return lapseDetails(file, command, around);
  }
}

/** The points go to who drove; a hold on the keeper's account is moved there. */
function holdAfter({ account, holdId, infractionId, points }: CaseFile, driver: string): string | null {
  if (points === 0 || driver === account) return holdId;
  return deriveId('hold', infractionId, driver);
}

function lapseDetails(file: CaseFile, { atMs, reason }: Command, around: Surroundings): TransitionDetails {
  const lapsed = lapsedAt(runningPeriods(file, around), atMs);
  if (lapsed === undefined || PERIOD_RULES[lapsed.name].lapsed !== reason) return {};
  return { period: lapsed.name, lastDay: lapsed.lastDay };
}
