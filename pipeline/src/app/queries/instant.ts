/**
 * Moments as whole microseconds since the epoch, the resolution of timestamptz: what a query compares and a cursor
 * carries, so that no bound is rounded and no row of a page is seen twice.
 */
const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i;
const EARLIEST_MICROS = Date.UTC(1900) * 1000;
const LATEST_MICROS = Date.UTC(2200) * 1000;

/** @returns the first whole microsecond not before the RFC 3339 `text`; undefined where it names none of 1900 to 2199. */
export function instantMicros(text: string): number | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, seconds = '', fraction = '', zone = ''] = match;
  const wholeMs = Date.parse(`${seconds}${zone}`.toUpperCase());
  const beyond = /[1-9]/.test(fraction.slice(6)) ? 1 : 0;
  const micros = wholeMs * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0')) + beyond;
  return isKept(micros) ? micros : undefined;
}

/** @returns whether a moment is one that Postgres and RFC 3339 can both write down. False for NaN. */
export const isKept = (micros: number): boolean => micros >= EARLIEST_MICROS && micros < LATEST_MICROS;

/** @returns the moment as text for a `$n::timestamptz`, exact to the microsecond. */
export function microsText(micros: number): string {
  const wholeSeconds = Math.floor(micros / 1_000_000);
  const fraction = micros - wholeSeconds * 1_000_000;
  const text = new Date(wholeSeconds * 1000).toISOString().slice(0, 19);
  return `${text}.${String(fraction).padStart(6, '0')}Z`;
}

/** The SQL of a column's moment in microseconds. */
export const microsOf = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::bigint`;
