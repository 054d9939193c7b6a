/**
 * Works at its share of some names, together with others like it. A name changes hands
 *   when its holder gives it back (it stops, or others have come and it has more than its share): at once;
 *   when its holder is silent: after the time to live.
 * Two may work at a name for a moment, where one was slow to notice; what they write must be fenced otherwise.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database.ts';
import { giveBack, leaseRound, resign, type LeaseRound } from './leases.ts';

export interface LeaseParts {
  readonly database: Database;
  readonly kind: string;
  readonly names: readonly string[];
  /** This process, and no other ever. */
  readonly holder: string;
  /** Works at a name until the signal, or until it is told that another does. */
  readonly work: (name: string, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
  readonly ttlMs?: number;
}

interface Held {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

const TTL_MS = 2_500;
/** Rounds a time to live, so that one that is late loses nothing. */
const ROUNDS = 6;

/** Resolves when all work has ended and is given back, after the signal. */
export async function keepLeases(parts: LeaseParts, signal: AbortSignal): Promise<void> {
  const keeper = new Keeper(parts);
  while (!signal.aborted) {
    await keeper.round();
    await sleep((parts.ttlMs ?? TTL_MS) / ROUNDS, undefined, { signal }).catch(() => undefined);
  }
  await keeper.close();
}

class Keeper {
  readonly #parts: LeaseParts;
  readonly #held = new Map<string, Held>();
  #renewedAtMs = Date.now();

  constructor(parts: LeaseParts) {
    this.#parts = parts;
  }

  async round(): Promise<void> {
    const { database, kind, names, holder, logger, ttlMs = TTL_MS } = this.#parts;
    try {
      const held = [...this.#held.keys()];
      this.#act(await leaseRound(database, { kind, names, holder, held, ttlMs }));
      this.#renewedAtMs = Date.now();
    } catch (error) {
      logger.warn({ err: error, kind }, 'leases could not be renewed');
      if (Date.now() - this.#renewedAtMs > ttlMs) this.#stop([...this.#held.keys()], 'expired');
    }
  }

  async close(): Promise<void> {
    const { database, kind, holder, logger } = this.#parts;
    await Promise.all([...this.#held.keys()].map((name) => this.#handOver(name)));
    await resign(database, kind, holder).catch((error: unknown) =>
      logger.warn({ err: error, kind }, 'leaving the others failed; they notice soon'),
    );
  }

  #act({ lost, taken, excess }: LeaseRound): void {
    this.#stop(lost, 'taken over by another');
    for (const name of taken) this.#start(name);
    for (const name of [...this.#held.keys()].slice(0, excess)) void this.#handOver(name);
  }

  #start(name: string): void {
    const { work, logger } = this.#parts;
    const before = this.#held.get(name)?.ended;
    const stop = new AbortController();
    logger.info({ name }, 'lease taken');
    const ended = (async () => {
      await before;
      await work(name, stop.signal);
    })()
      .catch((error: unknown) => logger.error({ err: error, name }, 'work at a lease failed'))
      .finally(() => {
        if (this.#held.get(name)?.stop === stop) this.#held.delete(name);
      });
    this.#held.set(name, { stop, ended });
  }

  #stop(names: readonly string[], why: string): void {
    for (const name of names) {
      this.#parts.logger.warn({ name, why }, 'lease lost');
      this.#held.get(name)?.stop.abort();
      this.#held.delete(name);
    }
  }

  async #handOver(name: string): Promise<void> {
    const held = this.#held.get(name);
    if (!held || held.stop.signal.aborted) return;
    held.stop.abort();
    await held.ended;
    const { database, holder, logger } = this.#parts;
    await giveBack(database, holder, [name]).catch((error: unknown) =>
      logger.warn({ err: error, name }, 'giving a lease back failed; it runs out soon'),
    );
  }
}
