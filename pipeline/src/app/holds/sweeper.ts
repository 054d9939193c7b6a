/** Finds the holds that no job woke: at the start, and every few seconds from then on. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

export interface SweeperParts {
  /** Places what became due longer ago than this. @returns how many it found. */
  readonly sweep: (olderThanMs: number) => Promise<number>;
  readonly intervalMs: number;
  readonly logger: Logger;
}

/** Younger rows are the queue's: a job for them is on its way. */
const GRACE_MS = 1_000;

/** Resolves when the signal aborts. A sweep that fails is logged, and the next one looks again. */
export async function runSweeper(
  { sweep, intervalMs, logger }: SweeperParts,
  signal: AbortSignal,
): Promise<void> {
  let graceMs = 0;
  while (!signal.aborted) {
    try {
      const found = await sweep(graceMs);
      if (found > 0) logger.info({ found }, 'sweeper placed holds that no job woke');
      graceMs = GRACE_MS;
    } catch (error) {
      logger.error({ err: error }, 'sweep failed');
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
