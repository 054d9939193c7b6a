/** Passes items on, and says so where none has come for a while. */
export const IDLE = Symbol('idle');

/** The source is asked for one item at a time; its end and its errors pass through. */
export async function* withIdle<T>(
  source: AsyncIterable<T>,
  idleMs: number,
): AsyncGenerator<T | typeof IDLE> {
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T, unknown>> | undefined;
  try {
    for (;;) {
      next ??= iterator.next();
      const result = await orIdle(next, idleMs);
      if (result === IDLE) {
        yield IDLE;
        continue;
      }
      next = undefined;
      if (result.done) return;
      yield result.value;
    }
  } finally {
    if (next === undefined) await iterator.return?.();
  }
}

async function orIdle<R>(next: Promise<R>, idleMs: number): Promise<R | typeof IDLE> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<typeof IDLE>((resolve) => {
    timer = setTimeout(() => resolve(IDLE), idleMs);
  });
  try {
    return await Promise.race([next, idle]);
  } finally {
    clearTimeout(timer);
  }
}
