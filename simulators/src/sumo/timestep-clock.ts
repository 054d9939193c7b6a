/** Reads the times of timesteps, which must go forward, and notices where some are missing. */
import { numberField } from '../recordings/number-field.ts';

export interface TimestepClock {
  /** @param time seconds, as written. @returns ms, or undefined where it cannot be used; then it has been told why. */
  readonly next: (time: string | undefined, line: number) => number | undefined;
  /** From the first timestep to the second; undefined where there are none. */
  readonly periodMs: () => number | undefined;
}

const MAX_SECONDS = 1e8;
/** Further apart than so many periods, a timestep is missing in between. */
const GAP_PERIODS = 1.5;

export function timestepClock(rejected: (line: number, reason: string) => void): TimestepClock {
  let lastMs: number | undefined;
  let periodMs: number | undefined;
  return {
    next(time, line) {
      const fault = timestepFault(time, lastMs);
      if (fault !== undefined) {
        rejected(line, `${fault}: the timestep is left out`);
        return undefined;
      }
      const timeMs = Math.round(Number(time) * 1000);
      if (lastMs !== undefined) {
        periodMs ??= timeMs - lastMs;
        if (timeMs - lastMs > GAP_PERIODS * periodMs)
          rejected(line, `timesteps are missing between ${lastMs / 1000} s and ${timeMs / 1000} s`);
      }
      lastMs = timeMs;
      return timeMs;
    },
    periodMs: () => periodMs,
  };
}

function timestepFault(time: string | undefined, lastMs: number | undefined): string | undefined {
  if (time === undefined || time === '') return 'a timestep has no time';
  const seconds = numberField(time, 0, MAX_SECONDS);
  if (seconds === undefined) return `time "${time.slice(0, 40)}" is no number of seconds from 0`;
  if (lastMs !== undefined && Math.round(seconds * 1000) <= lastMs)
    return `time ${seconds} s does not come after ${lastMs / 1000} s`;
  return undefined;
}
