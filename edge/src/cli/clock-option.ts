/** What is said of the clock that the input was timed by: by its operator, who may know better than this machine. */
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { Command } from 'commander';
import { watchSystemClock } from '../camera/system-clock.ts';

export interface ClockFlags {
  readonly clockError?: string;
}

const MOST_MS = 3_600_000;

export const addClockOption = (command: Command): Command =>
  command.option(
    '--clock-error <ms>',
    'the times of the lines are right to so many milliseconds, by a clock of their own (GPS, PTP); ' +
      'where absent, this machine is asked about its clock',
  );

/** @returns undefined where nothing was said. */
export function clockErrorOf({ clockError }: ClockFlags, problems: string[]): number | undefined {
  if (clockError === undefined) return undefined;
  const ms = Number(clockError);
  if (clockError.trim() !== '' && ms >= 0 && ms <= MOST_MS) return ms;
  problems.push(`--clock-error is milliseconds from 0 to ${MOST_MS}, not "${clockError}"`);
  return undefined;
}

/** Until the signal aborts. */
export async function clockStatusOf(
  maxErrorMs: number | undefined,
  signal: AbortSignal,
): Promise<() => ClockStatus> {
  if (maxErrorMs === undefined) return watchSystemClock(signal);
  return () => ({ state: 'synchronised', maxErrorMs });
}
