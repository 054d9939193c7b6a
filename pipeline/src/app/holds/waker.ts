import type { Logger } from 'pino';
import type { JobQueue } from '../job-queue.ts';

export interface Waker {
  /** Returns at once. Wake-ups asked for while one is on its way become one more. */
  wake(): void;
  /** Resolves once no wake-up is on its way. */
  settled(): Promise<void>;
}

/** Wakes the queue without making the judge wait for it; what fails is left to the sweeper, and said once a streak. */
export function createWaker(queue: JobQueue, logger: Logger): Waker {
  let asked = false;
  let failing = false;
  let running: Promise<void> | undefined;

  const send = async (): Promise<void> => {
    while (asked) {
      asked = false;
      try {
        await queue.wake();
        failing = false;
      } catch (error) {
        if (!failing)
          logger.warn({ err: error }, 'the queue cannot be woken; the sweeper places what is due');
        failing = true;
      }
    }
  };
  return {
    wake: () => {
      asked = true;
      running ??= send().finally(() => (running = undefined));
    },
    settled: async () => {
      await running;
    },
  };
}
