/**
 * Days of the calendar as numbers: day 0 is 1970-01-01, without a time zone. A zone gives a day its first moment, which
 * is not always 00:00, nor 24 hours after the one before; that is the library's work, and remembered, because it is slow.
 */
import { Temporal } from '@js-temporal/polyfill';

export type Day = number;

const DAY_MS = 86_400_000;

export const dayOfIso = (date: string): Day => Date.parse(date) / DAY_MS;
export const isoOf = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** ISO 8601: 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The same day so many months on; the last of a month that is shorter. */
export const addMonths = (day: Day, months: number): Day =>
  dayOfIso(Temporal.PlainDate.from(isoOf(day)).add({ months }).toString());

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, number>();

/** The first moment of a day in a zone, epoch ms. */
export function startOf(day: Day, timeZone: string): number {
  const key = `${day} ${timeZone}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const startMs = Temporal.PlainDate.from(isoOf(day)).toZonedDateTime(timeZone).epochMilliseconds;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, startMs);
  return startMs;
}

/** The day it is in a zone at a moment: that of Greenwich, or the one before or after. */
export function dayAt(ms: number, timeZone: string): Day {
  const there = Math.floor(ms / DAY_MS);
  if (startOf(there + 1, timeZone) <= ms) return there + 1;
  return startOf(there, timeZone) <= ms ? there : there - 1;
}
