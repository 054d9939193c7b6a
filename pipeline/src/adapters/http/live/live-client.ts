/**
 * One page that listens. What waits for its socket is bounded: street views beyond a few are skipped, and a client
 * that lets other events run over, or leaves its socket full for too long, is closed. It comes back with the id of the
 * last event it saw and is sent what it missed.
 */
import type { Clock } from '../../../app/clock.ts';
import type { Missed, NumberedEvent } from './event-ring.ts';

export interface LiveMessage {
  readonly id?: string;
  readonly event: string;
  /** JSON. */
  readonly data: string;
}

/** How events leave. */
export interface LiveSink {
  /** Resolves once the socket takes more; may never, if it closes. */
  readonly write: (message: LiveMessage) => Promise<void>;
  readonly close: () => void;
}

export interface LiveLimits {
  /** Events that may wait for one socket; one more and the client is closed. */
  readonly maxWaiting: number;
  /** Waiting events beyond which street views are skipped. */
  readonly maxWaitingWithStreet: number;
  readonly maxStallMs: number;
}

/** Sent where events are gone that the client has not seen: what it shows must be read anew. */
const GAP: LiveMessage = { event: 'gap', data: '{}' };

export class LiveClient {
  readonly #sink: LiveSink;
  readonly #limits: LiveLimits;
  readonly #clock: Clock;
  readonly #site: string | undefined;
  /** What was missed, sent first; then what came since. */
  #missed: LiveMessage[] = [];
  readonly #waiting: LiveMessage[] = [];
  #writeStartedMs: number | undefined;
  #closed = false;

  /** @param of the one site whose street is sent; undefined sends every street. */
  constructor(
    sink: LiveSink,
    of: { readonly site: string | undefined; readonly limits: LiveLimits; readonly clock: Clock },
  ) {
    this.#sink = sink;
    this.#site = of.site;
    this.#limits = of.limits;
    this.#clock = of.clock;
  }

  resume({ events, gap }: Missed): void {
    this.#missed = [...(gap ? [GAP] : []), ...events.map(toMessage)];
    void this.#drain();
  }

  offer(numbered: NumberedEvent): void {
    if (this.#closed || !this.#wants(numbered)) return;
    if (this.#waiting.length >= this.#limits.maxWaiting || this.#isStalled()) {
      this.close();
      return;
    }
    this.#waiting.push(toMessage(numbered));
    void this.#drain();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#missed.length = 0;
    this.#waiting.length = 0;
    this.#sink.close();
  }

  #wants({ event }: NumberedEvent): boolean {
    if (event.kind !== 'street') return true;
    const room = this.#waiting.length < this.#limits.maxWaitingWithStreet;
    return room && (this.#site === undefined || this.#site === event.site);
  }

  #isStalled(): boolean {
    return (
      this.#writeStartedMs !== undefined && this.#clock() - this.#writeStartedMs > this.#limits.maxStallMs
    );
  }

  async #drain(): Promise<void> {
    if (this.#writeStartedMs !== undefined) return;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        this.#writeStartedMs = this.#clock();
        await this.#sink.write(next);
      }
    } catch {
      this.close();
    }
    this.#writeStartedMs = undefined;
  }

  #next(): LiveMessage | undefined {
    return this.#missed.shift() ?? this.#waiting.shift();
  }
}

const toMessage = ({ id, event, data }: NumberedEvent): LiveMessage => ({ id, event: event.kind, data });
