/**
 * When a legal period ends. The day it is counted from is day 0; the period ends with the last moment of its last day
 * in the time zone of the place, whatever the clocks did in between. Days on which an appeal was open do not count.
 */
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { Period } from '@wayside/contracts/law-process';
import { dayAt, isoOf, startOf, type Day } from './local-day.ts';
import { workingDays } from './working-days.ts';

/** A time in which the clock stood still; `toMs` null while it still does. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface Counting {
  readonly fromMs: number;
  readonly period: Pick<Period, 'days' | 'dayKind' | 'rollsOn'>;
  readonly timeZone: string;
  readonly calendar: HolidayCalendar;
  readonly pauses?: readonly Pause[];
}

export interface Deadline {
  /** The last day on which it is not too late, ISO 8601. */
  readonly lastDay: string;
  /** The first moment that is too late, epoch ms: the start of the day after. */
  readonly atMs: number;
  /** False where the count met a day the calendar does not cover: a holiday may yet move it, so nothing may lapse. */
  readonly certain: boolean;
}

/** @returns undefined while the clock stands still. */
export function deadline(counting: Counting): Deadline | undefined {
  const pauses = counting.pauses ?? [];
  if (pauses.some(({ toMs }) => toMs === null)) return undefined;
  const { period, timeZone } = counting;
  const days = dayCounter(counting, pauses);
  const counted = days.count(dayAt(counting.fromMs, timeZone), period.days);
  const lastDay = period.rollsOn ? days.roll(counted) : counted;
  return { lastDay: isoOf(lastDay), atMs: startOf(lastDay + 1, timeZone), certain: days.certain() };
}

function dayCounter({ period, timeZone, calendar }: Counting, pauses: readonly Pause[]) {
  const working = workingDays(calendar);
  const paused = pauses.map((pause) => pausedDays(pause, timeZone));
  const isPaused = (day: Day): boolean => paused.some(([first, last]) => day >= first && day <= last);
  let certain = true;
  const isWorking = (day: Day): boolean => {
    certain &&= working.covers(day);
    return working.isWorking(day);
  };
  const counts = (day: Day): boolean => !isPaused(day) && (period.dayKind === 'calendar' || isWorking(day));
  const isOpen = (day: Day): boolean => isWorking(day) && !isPaused(day);

  return {
    count: (from: Day, days: number): Day => step(from, days, counts),
    roll: (last: Day): Day => (isOpen(last) ? last : step(last, 1, isOpen)),
    certain: () => certain,
  };
}

/** Goes on until so many days have counted. Ends, because the lists of holidays and pauses do. */
function step(from: Day, days: number, counts: (day: Day) => boolean): Day {
  let day = from;
  for (let left = days; left > 0;) {
    day++;
    if (counts(day)) left--;
  }
  return day;
}

/** A day of which the pause took any part is a paused day. */
function pausedDays({ fromMs, toMs }: Pause, timeZone: string): readonly [first: Day, last: Day] {
  return [dayAt(fromMs, timeZone), dayAt(toMs ?? fromMs, timeZone)];
}
