import type { Temporal } from '@js-temporal/polyfill';
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';

export interface WorkingDays {
  isWorking(date: Temporal.PlainDate): boolean;
  /** Whether the lists are complete for this day; outside of them only the weekend is known. */
  covers(date: Temporal.PlainDate): boolean;
}

const made = new WeakMap<HolidayCalendar, WorkingDays>();

/** The calendar as a question of one day. Made once a calendar. */
export function workingDays(calendar: HolidayCalendar): WorkingDays {
  const known = made.get(calendar);
  if (known) return known;
  const days = makeWorkingDays(calendar);
  made.set(calendar, days);
  return days;
}

function makeWorkingDays({ weekend, holidays, workedWeekends, covers }: HolidayCalendar): WorkingDays {
  const off = new Set(holidays.map(({ date }) => date));
  const worked = new Set(workedWeekends.map(({ date }) => date));
  const restDays = new Set(weekend);
  return {
    isWorking(date) {
      const text = date.toString();
      return worked.has(text) || (!restDays.has(date.dayOfWeek) && !off.has(text));
    },
    covers(date) {
      const text = date.toString();
      return text >= covers.from && text <= covers.to;
    },
  };
}
