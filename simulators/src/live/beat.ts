/** How fast the frames of a fleet come. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Beat } from './fleet.ts';

const untilAborted = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** Shared by all cameras of a fleet: together they show this many observations a second. */
export function rateBeat(observationsPerSecond: number, clock: () => number): Beat {
  const startMs = clock();
  let shown = 0;
  return async (objects, signal) => {
    shown += objects;
    const waitMs = startMs + (shown / observationsPerSecond) * 1000 - clock();
    if (waitMs > 1) await untilAborted(waitMs, signal);
  };
}

/** As fast as what follows takes them. */
export const freeBeat: Beat = () => Promise.resolve();
