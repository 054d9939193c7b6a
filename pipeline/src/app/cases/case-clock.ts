/** The scheduler of cases: opens what was recorded, acts on what lapsed, posts what became final. Runs until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CaseHouse } from './house.ts';
import { openCases } from './open-cases.ts';
import { rememberProcesses } from './processes.ts';
import { runDueCases } from './run-due.ts';

export interface CaseClockParts extends CaseHouse {
  readonly logger: Logger;
  /** At most a minute: what became final is posted that soon. */
  readonly intervalMs: number;
}

export const MAX_INTERVAL_MS = 60_000;
/** Once a day every infraction is looked at again, for one that was committed long after it was stamped. */
const FULL_SWEEP_MS = 86_400_000;

/** Resolves when the signal aborts. A round that fails is logged, and the next one looks again. */
export async function runCaseClock(parts: CaseClockParts, signal: AbortSignal): Promise<void> {
  const waitMs = Math.min(parts.intervalMs, MAX_INTERVAL_MS);
  let fullAtMs = -Infinity;
  while (!signal.aborted) {
    try {
      const all = parts.clock() - fullAtMs >= FULL_SWEEP_MS;
      await caseRound(parts, all, signal);
      if (all) fullAtMs = parts.clock();
    } catch (error) {
      parts.logger.error({ err: error }, 'a round of the case clock failed');
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

async function caseRound(parts: CaseClockParts, all: boolean, signal: AbortSignal): Promise<void> {
  const { logger } = parts;
  if (all) await rememberProcesses(parts.database, parts.processes.values(), parts.clock());
  const opened = await openCases(parts, { all });
  if (opened.opened > 0) logger.info({ ...opened }, 'cases opened');
  if (opened.withoutProcess.length > 0)
    logger.error({ profiles: opened.withoutProcess }, 'infractions wait: no process says how their cases go');
  const { failed, ...due } = await runDueCases(parts, { signal });
  if (Object.keys(due.moved).length > 0) logger.info({ ...due }, 'cases moved by their clocks');
  if (due.withoutCalendar > 0)
    logger.error(
      { cases: due.withoutCalendar },
      'cases wait: their last day is beyond what the holiday calendar covers',
    );
  for (const { caseId, error } of failed)
    logger.error({ caseId, err: error }, 'a due case failed; tried again later');
}
