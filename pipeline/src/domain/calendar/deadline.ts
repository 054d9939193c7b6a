/**
 * When a legal period ends. The day it is counted from is day 0; the period ends with the last moment of its last day
 * in the time zone of the place, whatever the clocks did in between. Days on which an appeal was open do not count.
 */
import { Temporal } from '@js-temporal/polyfill';
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { Period } from '@wayside/contracts/law-process';
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
  const counted = days.count(dateOf(counting.fromMs, timeZone), period.days);
  const lastDay = period.rollsOn ? days.roll(counted) : counted;
  return { lastDay: lastDay.toString(), atMs: endOf(lastDay, timeZone), certain: days.certain() };
}

export const dateOf = (ms: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();

/** The start of the next day there, which is not always at 00:00 nor 24 hours after the start of this one. */
const endOf = (date: Temporal.PlainDate, timeZone: string): number =>
  date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;

function dayCounter({ period, timeZone, calendar }: Counting, pauses: readonly Pause[]) {
  const working = workingDays(calendar);
  const paused = pauses.map((pause) => pausedDays(pause, timeZone));
  const isPaused = (date: Temporal.PlainDate): boolean => {
    const text = date.toString();
    return paused.some(([first, last]) => text >= first && text <= last);
  };
  let certain = true;
  const isWorking = (date: Temporal.PlainDate): boolean => {
    certain &&= working.covers(date);
    return working.isWorking(date);
  };
  const counts = (date: Temporal.PlainDate): boolean =>
    !isPaused(date) && (period.dayKind === 'calendar' || isWorking(date));

  return {
    count: (from: Temporal.PlainDate, days: number): Temporal.PlainDate =>
      period.dayKind === 'calendar' && paused.length === 0 ? from.add({ days }) : step(from, days, counts),
    roll: (last: Temporal.PlainDate): Temporal.PlainDate =>
      isWorking(last) && !isPaused(last) ? last : step(last, 1, (date) => isWorking(date) && !isPaused(date)),
    certain: () => certain,
  };
}

/** Goes on until so many days have counted. Ends, because the lists of holidays and pauses do. */
function step(
  from: Temporal.PlainDate,
  days: number,
  counts: (date: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  let date = from;
  for (let left = days; left > 0;) {
    date = date.add({ days: 1 });
    if (counts(date)) left--;
  }
  return date;
}

/** A day of which the pause took any part is a paused day. */
function pausedDays({ fromMs, toMs }: Pause, timeZone: string): readonly [first: string, last: string] {
  return [dateOf(fromMs, timeZone).toString(), dateOf(toMs ?? fromMs, timeZone).toString()];
}
