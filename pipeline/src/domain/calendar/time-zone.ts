import { Temporal } from '@js-temporal/polyfill';

/** Whether this house's time zone data knows the zone; a device may name any. */
export function isKnownTimeZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    return false;
  }
}
