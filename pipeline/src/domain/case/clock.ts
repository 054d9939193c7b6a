/** Which periods run in a case, and when each lapses. */
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import {
  PERIODS,
  type Lapse,
  type Period,
  type PeriodName,
  type ProcessTrack,
} from '@wayside/contracts/law-process';
import { deadline, type Deadline } from '../calendar/deadline.ts';
import type { CaseFile } from './case-file.ts';
import { PERIOD_RULES } from './period-rules.ts';

/** What the law says around a case. */
export interface Law {
  readonly track: ProcessTrack;
  readonly calendar: HolidayCalendar;
}

export interface RunningPeriod extends Deadline {
  readonly name: PeriodName;
  readonly onLapse: Lapse;
}

/** The periods that run now, the first to lapse first. */
export function runningPeriods(file: CaseFile, law: Law): readonly RunningPeriod[] {
  return PERIODS.flatMap((name) => {
    const period = law.track.periods[name];
    if (period === undefined || !isRunning(file, name)) return [];
    const due = deadlineOf(file, law, period);
    return due ? [{ ...due, name, onLapse: period.onLapse }] : [];
  }).sort((a, b) => a.atMs - b.atMs);
}

/** The first period that is over at a moment; one whose end a missing calendar leaves open is not. */
export const lapsedAt = (running: readonly RunningPeriod[], atMs: number): RunningPeriod | undefined =>
  running.find((period) => period.certain && period.atMs <= atMs);

function isRunning(file: CaseFile, name: PeriodName): boolean {
  if (!PERIOD_RULES[name].runsIn.includes(file.state) || file.escalated.includes(name)) return false;
  return name !== 'decisionNotice' || file.moments['decision-notified'] === undefined;
}

function deadlineOf(file: CaseFile, { calendar }: Law, period: Period): Deadline | undefined {
  const fromMs = file.moments[period.from];
  if (fromMs === undefined) return undefined;
  const pauses = period.pausedByAppeal === true ? file.pauses : [];
  return deadline({ fromMs, period, timeZone: file.timeZone, calendar, pauses });
}
