/**
 * The newest live events, for clients that come back after a break. An id is `<epoch>-<number>`; another epoch is
 * another run of the house, whose events are gone. Street views are numbered but not kept: they are stale at once.
 */
import type { LiveEvent } from '@wayside/contracts/http';

export interface NumberedEvent {
  readonly id: string;
  readonly event: LiveEvent;
  /** The event as JSON, made once for all clients. */
  readonly data: string;
}

export interface Missed {
  readonly events: readonly NumberedEvent[];
  /** Whether events between the id and these are gone: what a page shows must be read anew. */
  readonly gap: boolean;
}

export class EventRing {
  readonly #epoch: string;
  readonly #capacity: number;
  readonly #kept: { readonly number: number; readonly event: NumberedEvent }[] = [];
  #last = 0;
  #forgotten = 0;

  constructor(epoch: string, capacity: number) {
    this.#epoch = epoch;
    this.#capacity = capacity;
  }

  push(event: LiveEvent): NumberedEvent {
    this.#last += 1;
    const numbered = { id: `${this.#epoch}-${this.#last}`, event, data: JSON.stringify(event) };
    if (event.kind !== 'street') this.#keep(this.#last, numbered);
    return numbered;
  }

  /** What came after the event that `lastEventId` names. */
  since(lastEventId: string): Missed {
    const number = this.#numberOf(lastEventId);
    if (number === undefined) return { events: this.#kept.map(({ event }) => event), gap: true };
    const events = this.#kept.filter((kept) => kept.number > number).map(({ event }) => event);
    return { events, gap: number < this.#forgotten };
  }

  #keep(number: number, event: NumberedEvent): void {
    this.#kept.push({ number, event });
    if (this.#kept.length > this.#capacity) this.#forgotten = this.#kept.shift()?.number ?? this.#forgotten;
  }

  #numberOf(id: string): number | undefined {
    const [epoch, number = ''] = id.split('-', 2);
    if (epoch !== this.#epoch || !/^\d{1,15}$/.test(number)) return undefined;
    return Number(number) <= this.#last ? Number(number) : undefined;
  }
}
