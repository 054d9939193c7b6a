/** Days and times as a letter says them. */
import type { Language } from '@wayside/contracts/notice';

const LOCALE: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/** “Monday 2 March 2026”. */
export const longDay = (atMs: number, timeZone: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
    .format(atMs)
    .replace(',', '');

/** @param day ISO 8601. */
export const longDayOf = (day: string, language: Language): string =>
  longDay(Date.parse(day), 'UTC', language);

/** “10:00:00”, with the name of the zone for whoever reads it elsewhere. */
export const clock = (atMs: number, timeZone: string, language: Language): string =>
  `${seconds(atMs, timeZone)} (${zoneName(atMs, timeZone, language)})`;

/** “10:00:00”. */
const seconds = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(atMs);

/** “10:00:00.4”: the three moments lie within seconds of each other. */
export const tenths = (atMs: number, timeZone: string): string =>
  `${seconds(atMs, timeZone)}.${Math.floor((((atMs % 1000) + 1000) % 1000) / 100)}`;

function zoneName(atMs: number, timeZone: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(LOCALE[language], { timeZone, timeZoneName: 'long' }).formatToParts(
    atMs,
  );
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

export const decimal = (value: number, digits: number): string => value.toFixed(digits);
/** Slow speeds to the tenth, as the judge's reasons have them. */
export const kmh = (mps: number): string => `${(mps * 3.6).toFixed(mps < 5 ? 1 : 0)} km/h`;
