/**
 * Keeps a connection to the broker: makes one, and after its end waits and makes the next.
 *
 *   idle ──start──▶ connecting ──CONNACK──▶ up ──fault, restart──▶ pausing ──▶ connecting …
 *                        └─────────fault──────────────────────────────▲
 *   any state ──stop──▶ stopped
 *
 * The pause grows with every connection that brought no message through, not with those that failed to open: a
 * broker that accepts connections and then refuses each message is left alone as one that is down.
 */
import type { Logger } from 'pino';
import { backoffMs, type BackoffLimits } from './backoff.ts';
import { openConnection, type Connection, type ConnectionOptions, type Fault } from './connection.ts';
import { refusalOf } from './refusal.ts';

export interface LinkEvents {
  up(connection: Connection, receiveMaximum: number): void;
  /** The connection given to `up` must not be used any more. */
  down(): void;
}

export interface LinkOptions {
  /** Called for each connection, so that the last will carries the time it was made. */
  readonly connectionOptions: () => ConnectionOptions;
  readonly backoff: BackoffLimits;
  readonly random: () => number;
  readonly logger: Logger;
}

export class Link {
  readonly #options: LinkOptions;
  readonly #events: LinkEvents;
  #state: 'idle' | 'connecting' | 'up' | 'pausing' | 'stopped' = 'idle';
  #connection: Connection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;

  constructor(options: LinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  get connected(): boolean {
    return this.#state === 'up';
  }

  start(): void {
    if (this.#state === 'idle') this.#connect();
  }

  /** A message got through: the next pause is a short one. */
  progress(): void {
    this.#attempt = 0;
  }

  /** Gives up the connection in good order, to make another after a pause. */
  restart(fault: Fault): void {
    if (this.#state !== 'up') return;
    void this.#connection?.close();
    this.#ended(fault);
  }

  /** @param orderly says DISCONNECT, so that no last will is sent */
  async stop(orderly: boolean): Promise<void> {
    const connection = this.#connection;
    if (this.#state === 'up') this.#events.down();
    this.#state = 'stopped';
    this.#connection = undefined;
    clearTimeout(this.#timer);
    if (orderly) await connection?.close();
    else connection?.cut();
  }

  #connect(): void {
    this.#state = 'connecting';
    const connection = openConnection(this.#options.connectionOptions(), {
      up: (receiveMaximum) => {
        if (this.#connection !== connection) return;
        this.#state = 'up';
        this.#options.logger.info('connected to the broker');
        this.#events.up(connection, receiveMaximum);
      },
      down: (fault) => {
        if (this.#connection === connection) this.#ended(fault);
      },
    });
    this.#connection = connection;
  }

  #ended(fault: Fault): void {
    const wasUp = this.#state === 'up';
    const { backoff, random, logger } = this.#options;
    const attempt = refusalOf(fault.reasonCode) === 'permanent' ? Infinity : this.#attempt++;
    const pauseMs = backoffMs(attempt, backoff, random());
    this.#connection = undefined;
    this.#state = 'pausing';
    this.#timer = setTimeout(() => this.#connect(), pauseMs);
    const isNews = wasUp || attempt === 0 || attempt === Infinity;
    const level = isNews ? 'warn' : 'debug';
    logger[level]({ fault, pauseMs }, 'connection to the broker ended');
    if (wasUp) this.#events.down();
  }
}
