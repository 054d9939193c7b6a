/** Wakes those who wait within this process; who waits for another process's append wakes by its timeout. */
export class Wakeups {
  #pending = false;
  readonly #waiting = new Set<() => void>();

  wake(): void {
    this.#pending = this.#waiting.size === 0;
    for (const resolve of [...this.#waiting]) resolve();
  }

  /** Resolves at once where a wake came while nobody waited, else at the next wake, after `timeoutMs`, or on abort. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.#pending || signal.aborted) {
      this.#pending = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.#waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, timeoutMs);
      signal.addEventListener('abort', finish);
      this.#waiting.add(finish);
    });
  }
}
