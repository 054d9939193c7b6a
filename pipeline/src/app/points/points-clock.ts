/** The scheduler of points: moves what is due by law. Runs until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PointsHouse } from './house.ts';
import { runDuePoints } from './run-due-points.ts';

export interface PointsClockParts extends PointsHouse {
  readonly logger: Logger;
  /** At most a minute. */
  readonly intervalMs: number;
}

const MAX_INTERVAL_MS = 60_000;

/** Resolves when the signal aborts. A round that fails is logged, and the next one looks again. */
export async function runPointsClock(parts: PointsClockParts, signal: AbortSignal): Promise<void> {
  const waitMs = Math.min(parts.intervalMs, MAX_INTERVAL_MS);
  while (!signal.aborted) {
    try {
      const { failed, ...report } = await runDuePoints(parts, { signal });
      const { restore, expire, award } = report.moved;
      if (restore + expire + award + report.letters > 0)
        parts.logger.info({ ...report }, 'points moved by their clock');
      for (const { account, error } of failed)
        parts.logger.error(
          { account, err: error },
          'an account whose points were due failed; tried again later',
        );
    } catch (error) {
      parts.logger.error({ err: error }, 'a round of the points clock failed');
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
