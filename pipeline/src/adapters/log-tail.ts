/**
 * The newest messages of a log, as this process appended them: who reads close behind the writer is spared a round trip
 * and a parse. Bounded by the length of the payloads; what another process appends in between makes a gap, and the tail
 * begins anew behind it.
 */
import type { LoggedMessage } from '../app/event-log.ts';

interface Kept {
  readonly logged: LoggedMessage;
  readonly length: number;
}

const MAX_TAIL_LENGTH = 8 * 1024 * 1024;

export class LogTail {
  readonly #maxLength: number;
  readonly #partitions = new Map<number, Kept[]>();
  #length = 0;

  constructor(maxLength = MAX_TAIL_LENGTH) {
    this.#maxLength = maxLength;
  }

  /** @param length of the payload, in characters. Call it once the message is durable. */
  add(logged: LoggedMessage, length: number): void {
    const kept = this.#partitions.get(logged.partition) ?? [];
    const last = kept.at(-1)?.logged.offset;
    if (last !== undefined && last + 1 !== logged.offset) this.#drop(kept, kept.length);
    kept.push({ logged, length });
    this.#length += length;
    this.#partitions.set(logged.partition, kept);
    if (this.#length > this.#maxLength) this.#drop(kept, Math.ceil(kept.length / 2));
  }

  /** @returns up to `limit` messages from this offset on; empty where the tail does not have that one. */
  read(partition: number, fromOffset: number, limit: number): readonly LoggedMessage[] {
    const kept = this.#partitions.get(partition) ?? [];
    const first = kept[0]?.logged.offset ?? Infinity;
    if (fromOffset < first) return [];
    return kept.slice(fromOffset - first, fromOffset - first + limit).map(({ logged }) => logged);
  }

  #drop(kept: Kept[], count: number): void {
    for (const { length } of kept.splice(0, count)) this.#length -= length;
  }
}
