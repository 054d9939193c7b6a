/**
 * Gathers what arrives while an append is under way into the next one, so that one transaction serves many devices
 * and still every message waits for its own durability. Order: as handed in.
 */
import type { AppendOutcome, DeadLetter, IncomingMessage, LogWriter } from '../event-log.ts';
import type { IntakeLimits } from './limits.ts';

export type Item =
  | { readonly kind: 'message'; readonly incoming: IncomingMessage }
  | { readonly kind: 'letter'; readonly letter: DeadLetter };

export interface Entry {
  readonly item: Item;
  readonly bytes: number;
  /** Asked when its turn comes: where an earlier message of the same session failed, this one must not be stored. */
  readonly refused: () => unknown;
  readonly done: (outcome: AppendOutcome | 'dead-letter') => void;
  readonly failed: (error: unknown) => void;
}

export class GroupCommit {
  readonly #log: LogWriter;
  readonly #limits: IntakeLimits;
  #waiting: Entry[] = [];
  #running = false;

  constructor(log: LogWriter, limits: IntakeLimits) {
    this.#log = log;
    this.#limits = limits;
  }

  add(entry: Entry): void {
    this.#waiting.push(entry);
    if (this.#running) return;
    this.#running = true;
    // one turn of the event loop, so that all that came in one read goes into one append
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    for (let batch = this.#takeBatch(); batch.length > 0; batch = this.#takeBatch())
      await this.#commit(batch);
    this.#running = false;
  }

  #takeBatch(): Entry[] {
    let count = 0;
    let bytes = 0;
    for (const entry of this.#waiting) {
      bytes += entry.bytes;
      if (count > 0 && (count === this.#limits.appendMessages || bytes > this.#limits.appendBytes)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  /** Messages first: where they fail, the dead letters of the same sessions are refused as well. */
  async #commit(batch: readonly Entry[]): Promise<void> {
    await this.#store(batch.filter(({ item }) => item.kind === 'message'));
    await this.#store(batch.filter(({ item }) => item.kind === 'letter'));
  }

  async #store(batch: readonly Entry[]): Promise<void> {
    const entries = batch.filter((entry) => {
      const error = entry.refused();
      if (error !== undefined) entry.failed(error);
      return error === undefined;
    });
    if (entries.length === 0) return;
    try {
      const outcomes = await this.#write(entries.map(({ item }) => item));
      for (const [index, entry] of entries.entries()) entry.done(outcomes[index] ?? 'dead-letter');
    } catch (error) {
      for (const entry of entries) entry.failed(error);
    }
  }

  async #write(items: readonly Item[]): Promise<readonly AppendOutcome[]> {
    const messages = items.flatMap((item) => (item.kind === 'message' ? [item.incoming] : []));
    if (messages.length > 0) return this.#log.append(messages);
    await this.#log.reject(items.flatMap((item) => (item.kind === 'letter' ? [item.letter] : [])));
    return [];
  }
}
