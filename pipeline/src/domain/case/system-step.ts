/** What the house itself does next with a case, without anybody's hand: only what the table and the clocks leave no choice in. */
import type { CaseEvent, CaseReason, CaseState } from '@wayside/contracts/case';
import { dayAt, isoOf } from '../calendar/local-day.ts';
import { SYSTEM, type CaseFile, type Command } from './case-file.ts';
import { lapsedAt, runningPeriods, type Law } from './clock.ts';
import { PERIOD_RULES } from './period-rules.ts';

/** What the house must know of a case besides its file. */
export interface Surroundings extends Law {
  readonly deviceSuspended: boolean;
  /** Decides which decisions are sampled for a second review. */
  readonly samplingKey: string;
}

type Move = Pick<Command, 'event' | 'reason' | 'driver'>;

/** States that are left at once, and how. */
const AT_ONCE: Readonly<Partial<Record<CaseState, Move>>> = {
  duplicate: { event: 'release', reason: 'is-duplicate' },
  rejected: { event: 'release', reason: 'is-rejected' },
  upheld: { event: 'release', reason: 'is-upheld' },
  accepted: { event: 'finalise', reason: 'accepted-by-person' },
  'dismissed-again': { event: 'finalise', reason: 'no-further-appeal' },
};

/** @returns what is due at this moment, or undefined where the case waits for a person or a day to come. */
export function systemStep(file: CaseFile, around: Surroundings, atMs: number): Command | undefined {
  const move = AT_ONCE[file.state] ?? byState(file, around) ?? byClock(file, around, atMs);
  return move ? { ...move, actor: SYSTEM, atMs } : undefined;
}

export const hasSecondStage = ({ track }: Law): boolean => track.stages.includes('second-appeal');

function byState(file: CaseFile, around: Surroundings): Move | undefined {
  if (file.state === 'final') return endOf(file, around);
  if (file.state === 'dismissed' && !hasSecondStage(around))
    return { event: 'finalise', reason: 'no-further-appeal' };
  if (file.state === 'confirmed' && isIdentifiedByTicket(file, around))
    return { event: 'name-driver', reason: 'ticket-shown', ...(file.keeper && { driver: file.keeper }) };
  return undefined;
}

export const isIdentifiedByTicket = (file: CaseFile, { track }: Law): boolean =>
  track.driver.identifiedBy === 'ticket-shown' && file.keeper !== null;

function endOf(file: CaseFile, around: Surroundings): Move | undefined {
  const block = postingBlock(file, around);
  if (block === undefined) return { event: 'post', reason: 'is-final' };
  return block === file.blockedBy ? undefined : { event: 'block', reason: block };
}

/** Why points may not be posted although the decision is final; checked when it is, and again before it is done. */
export function postingBlock(
  { calibration, moments, timeZone }: CaseFile,
  { deviceSuspended }: Pick<Surroundings, 'deviceSuspended'>,
): CaseReason | undefined {
  if (calibration !== null && calibration.validUntil === null) return 'never-calibrated';
  if (calibration?.validUntil && measuredOn(moments.occurred, timeZone) > calibration.validUntil)
    return 'calibration-expired';
  return deviceSuspended ? 'device-suspended' : undefined;
}

const measuredOn = (occurredMs: number | undefined, timeZone: string): string =>
  isoOf(dayAt(occurredMs ?? 0, timeZone));

function byClock(file: CaseFile, around: Surroundings, atMs: number): Move | undefined {
  const lapsed = lapsedAt(runningPeriods(file, around), atMs);
  return lapsed && { event: EVENT_OF[lapsed.onLapse], reason: PERIOD_RULES[lapsed.name].lapsed };
}

const EVENT_OF = {
  release: 'release',
  escalate: 'escalate',
  finalise: 'finalise',
  uphold: 'uphold',
} as const satisfies Record<string, CaseEvent>;
