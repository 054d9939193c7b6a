/** What the operating system knows of its clock: `timedatectl` where there is one, else nothing is claimed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ClockStatus } from '@wayside/contracts/observation-batch';

const run = promisify(execFile);
const TIMEOUT_MS = 2000;
const REFRESH_MS = 60_000;

/** Runs a command and gives what it wrote; rejects where it cannot. */
export type Run = (command: string, args: readonly string[]) => Promise<string>;

const runCommand: Run = async (command, args) =>
  (await run(command, [...args], { timeout: TIMEOUT_MS, encoding: 'utf8' })).stdout;

export async function systemClockStatus(runIt: Run = runCommand): Promise<ClockStatus> {
  try {
    const answer = await runIt('timedatectl', ['show', '-p', 'NTPSynchronized', '--value']);
    return { state: answer.trim() === 'yes' ? 'synchronised' : 'unsynchronised' };
  } catch {
    return { state: 'unsynchronised' };
  }
}

/** Asks once a minute until the signal aborts. @returns what was known last; `holdover` after it was lost */
export async function watchSystemClock(signal: AbortSignal, runIt?: Run): Promise<() => ClockStatus> {
  let status = await systemClockStatus(runIt);
  const timer = setInterval(() => {
    void systemClockStatus(runIt).then((now) => (status = afterwards(status, now)));
  }, REFRESH_MS).unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return () => status;
}

export function afterwards(before: ClockStatus, now: ClockStatus): ClockStatus {
  const lost = now.state === 'unsynchronised' && before.state !== 'unsynchronised';
  return lost ? { state: 'holdover' } : now;
}
