/** Times as a reader of a given IANA zone sees them. All input is RFC 3339 or epoch milliseconds. */
type Instant = string | number;

const formatters = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATTERS = 200;

function formatter(zone: string, style: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${style}|${zone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = makeFormatter(zone, options);
  if (formatters.size < MAX_FORMATTERS) formatters.set(key, made);
  return made;
}

/** A zone that this browser does not know is shown in UTC rather than not at all. */
function makeFormatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** The zone of the person who reads, for what happened at no place with a zone of its own. */
export const readerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @returns for example `14:03:22`. */
export const clockTime = (at: Instant, zone: string): string =>
  formatter(zone, 'clock', CLOCK).format(new Date(at));

/** @returns for example `14:03:22.481`: what a reviewer compares with a recording. */
export const exactTime = (at: Instant, zone: string): string =>
  formatter(zone, 'exact', { ...CLOCK, fractionalSecondDigits: 3 }).format(new Date(at));

/** @returns for example `22 Nov 2025`. */
export const day = (at: Instant, zone: string): string =>
  formatter(zone, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));

/** @returns for example `22 Nov 2025, 14:03:22`. */
export const dayTime = (at: Instant, zone: string): string => `${day(at, zone)}, ${clockTime(at, zone)}`;

/** @returns the zone's name at that instant, for example `GMT+8`. */
export function zoneName(at: Instant, zone: string): string {
  const parts = formatter(zone, 'name', { timeZoneName: 'short' }).formatToParts(new Date(at));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** @returns the wall clock of the zone as an input of type datetime-local wants it, `2025-11-22T14:03:22`. */
export function toWallClock(at: Instant, zone: string): string {
  const shifted = new Date(Date.parse(new Date(at).toISOString()) + offsetMs(new Date(at).getTime(), zone));
  return shifted.toISOString().slice(0, 19);
}

/**
 * The instant a wall clock of the zone shows. In the hour that a clock change skips, the time after it; in the hour
 * that it repeats, the first.
 * @returns RFC 3339 in UTC, or undefined where the text is no time.
 */
export function fromWallClock(text: string, zone: string): string | undefined {
  const wallMs = Date.parse(`${text}Z`);
  if (Number.isNaN(wallMs)) return undefined;
  const before = wallMs - offsetMs(wallMs - 86_400_000, zone);
  const after = wallMs - offsetMs(wallMs + 86_400_000, zone);
  const fits = [before, after].filter((ms) => ms + offsetMs(ms, zone) === wallMs);
  return new Date(fits.length > 0 ? Math.min(...fits) : before).toISOString();
}

function offsetMs(atMs: number, zone: string): number {
  const parts = formatter(zone, 'offset', {
    ...CLOCK,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(atMs));
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return wall - Math.floor(atMs / 1000) * 1000;
}
