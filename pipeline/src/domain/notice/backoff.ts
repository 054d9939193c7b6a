/** How long to wait before a letter is tried again. A day and a half in all; then a person must look. */
const MINUTE_MS = 60_000;
const WAITS_MINUTES = [1, 5, 30, 120, 480, 1440] as const;

/** @param attempts made so far. @returns undefined where no more are made. */
export function waitAfterMs(attempts: number): number | undefined {
  const minutes = WAITS_MINUTES[attempts - 1];
  return minutes === undefined ? undefined : minutes * MINUTE_MS;
}
