/** Reads holiday calendars; a list that contradicts itself is refused with all its faults. */
import { Temporal } from '@js-temporal/polyfill';
import { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import { jsonCheck, repeated, type DataText } from './json-faults.ts';

export type LoadedCalendars =
  | { readonly ok: true; readonly calendars: ReadonlyMap<string, HolidayCalendar> }
  | { readonly ok: false; readonly faults: readonly string[] };

const check = jsonCheck(HolidayCalendar);

export function loadCalendars(texts: readonly DataText[]): LoadedCalendars {
  const read = texts.map(({ name, text }) => ({ name, checked: check(text) }));
  const calendars = read.flatMap(({ checked }) => (checked.ok ? [checked.value] : []));
  const faults = read.flatMap(({ name, checked }) =>
    (checked.ok ? calendarFaults(checked.value) : checked.faults).map((fault) => `${name}: ${fault}`),
  );
  for (const id of repeated(calendars.map(({ id }) => id))) faults.push(`calendar "${id}" is defined twice`);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])) };
}

function calendarFaults(calendar: HolidayCalendar): readonly string[] {
  const { covers, holidays, workedWeekends, weekend } = calendar;
  const dates = [...holidays, ...workedWeekends].map(({ date }) => date);
  const unreal = [covers.from, covers.to, ...dates].filter((date) => !isDate(date));
  if (unreal.length > 0) return unreal.map((date) => `${date} is no day of the calendar`);
  return [
    ...(covers.from > covers.to ? ['/covers/from is after /covers/to'] : []),
    ...repeated(dates).map((date) => `${date} is listed more than once`),
    ...dates
      .filter((date) => date < covers.from || date > covers.to)
      .map((date) => `${date} is outside of what the calendar covers`),
    ...workedWeekends
      .filter(({ date }) => !weekend.includes(Temporal.PlainDate.from(date).dayOfWeek))
      .map(({ date }) => `/workedWeekends has ${date}, which is no weekend day`),
  ];
}

function isDate(text: string): boolean {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
