/** Callers that wait for a condition, in the order they came, up to a bound. */
import { UplinkError } from './uplink-error.ts';

interface Waiter {
  readonly condition: () => boolean;
  readonly proceed: () => void;
  readonly fail: (error: Error) => void;
}

export class Waiters {
  readonly #waiting = new Set<Waiter>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Runs `action` as soon as `condition` holds: now, or inside a later `changed`, so that nothing comes in between.
   * @throws UplinkError `too-many-waiting`; the signal's reason where it aborts first
   */
  when<T>(condition: () => boolean, action: () => T, signal?: AbortSignal): Promise<Awaited<T>> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (condition()) return Promise.resolve(action());
    if (this.#waiting.size >= this.#most)
      return Promise.reject(new UplinkError('too-many-waiting', `${this.#most} callers wait already`));
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiter);
        signal?.removeEventListener('abort', aborted);
      };
      const aborted = () => waiter.fail(signal?.reason as Error);
      const waiter: Waiter = {
        condition,
        proceed: () => {
          leave();
          resolve(Promise.resolve(action()));
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  /** To be called after each change that may make a condition true. */
  changed(): void {
    for (const waiter of this.#waiting) if (waiter.condition()) waiter.proceed();
  }

  /** Sends everyone away with an error. */
  fail(error: Error): void {
    for (const waiter of this.#waiting) waiter.fail(error);
  }
}
