/** Lets events pass at a multiple of the time in which they happened. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pacer {
  /** Resolves when the moment has come, or when the signal aborts. The first call sets the start. */
  until(eventMs: number, signal: AbortSignal | undefined): Promise<void>;
}

/** @param speed 1 is as it happened, 10 ten times as fast */
export function createPacer(speed: number, clock: () => number): Pacer {
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError('speed must be a number above 0');
  let start: { readonly eventMs: number; readonly wallMs: number } | undefined;
  return {
    async until(eventMs, signal) {
      start ??= { eventMs, wallMs: clock() };
      const dueMs = start.wallMs + (eventMs - start.eventMs) / speed;
      const waitMs = dueMs - clock();
      if (waitMs <= 0) return;
      await sleep(waitMs, undefined, signal && { signal }).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
    },
  };
}
