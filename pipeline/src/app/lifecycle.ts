/**
 * What acquires a resource registers its release right there; the end releases everything, last in first out, all of
 * it, and gathers the errors. A release that does not end within its share of the deadline is left behind and named.
 */
export class Lifecycle {
  readonly #releases: { readonly name: string; readonly release: () => Promise<void> | void }[] = [];
  #closing: Promise<void> | undefined;

  /** Registers how `name` is released. */
  onClose(name: string, release: () => Promise<void> | void): void {
    this.#releases.push({ name, release });
  }

  /** @throws AggregateError of all releases that failed or took too long. Calling again waits for the first call. */
  close(deadlineMs: number): Promise<void> {
    this.#closing ??= this.#closeAll(deadlineMs);
    return this.#closing;
  }

  async #closeAll(deadlineMs: number): Promise<void> {
    const errors: Error[] = [];
    const endsAt = Date.now() + deadlineMs;
    for (const { name, release } of this.#releases.toReversed()) {
      try {
        await within(Math.max(250, endsAt - Date.now()), release());
      } catch (cause) {
        errors.push(new Error(`releasing ${name} failed`, { cause }));
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => error.message).join('; '));
  }
}

async function within(timeoutMs: number, work: Promise<void> | void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
