import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import { dayOfIso, weekdayOf, type Day } from './local-day.ts';

export interface WorkingDays {
  isWorking(day: Day): boolean;
  /** Whether the lists are complete for this day; outside of them only the weekend is known. */
  covers(day: Day): boolean;
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
  const off = new Set(holidays.map(({ date }) => dayOfIso(date)));
  const worked = new Set(workedWeekends.map(({ date }) => dayOfIso(date)));
  const [first, last] = [dayOfIso(covers.from), dayOfIso(covers.to)];
  return {
    isWorking: (day) => worked.has(day) || (!weekend.includes(weekdayOf(day)) && !off.has(day)),
    covers: (day) => day >= first && day <= last,
  };
}
