/**
 * Moves messages from the outbox to the connection of the moment, in order, never more than the window unanswered.
 *
 *   stored ──publish──▶ in flight ──PUBACK, success──▶ settling ──removed from the outbox──▶ gone
 *      ▲                    │
 *      └── connection ended ┘   (all that is unanswered is sent again, in order, on the next connection)
 */
import { topicOf } from '@wayside/contracts/topics';
import type { Logger } from 'pino';
import type { Connection, Fault } from './connection.ts';
import type { Outbox, StoredMessage } from './outbox.ts';

export interface SenderOptions {
  readonly device: string;
  readonly outbox: Outbox;
  readonly window: number;
  /** A connection on which nothing is answered for so long is given up. */
  readonly ackTimeoutMs: number;
  readonly logger: Logger;
  /** Called when a message is gone. */
  readonly onAcknowledged: () => void;
  /** Called when the connection is of no use: the broker refused a message, or answers no more. */
  readonly onFault: (fault: Fault) => void;
}

interface Session {
  readonly connection: Connection;
  readonly window: number;
}

export class Sender {
  readonly #options: SenderOptions;
  readonly #inFlight = new Map<number, StoredMessage>();
  readonly #settling = new Map<number, Promise<void>>();
  #session: Session | undefined;
  /** All messages up to this sequence number are gone, settling or in flight. */
  #sentUpTo = 0;
  #pump: Promise<void> | undefined;
  #pumpAgain = false;
  #ackTimer: NodeJS.Timeout | undefined;
  #refused = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Publishes that the broker answered with a failure code. */
  get refused(): number {
    return this.#refused;
  }

  attach(connection: Connection, receiveMaximum: number): void {
    this.#session = { connection, window: Math.min(this.#options.window, receiveMaximum) };
    this.kick();
  }

  detach(): void {
    const [firstUnanswered] = this.#inFlight.keys();
    if (firstUnanswered !== undefined) this.#sentUpTo = firstUnanswered - 1;
    this.#inFlight.clear();
    this.#session = undefined;
    clearTimeout(this.#ackTimer);
  }

  /** To be called when a message was stored. */
  kick(): void {
    this.#pumpAgain = true;
    this.#pump ??= this.#run();
  }

  /** Resolves when it reads and writes no more; to be called after `detach`. */
  async idle(): Promise<void> {
    await this.#pump;
    await Promise.all(this.#settling.values());
  }

  async #run(): Promise<void> {
    while (this.#pumpAgain) {
      this.#pumpAgain = false;
      try {
        await this.#fill();
      } catch (error) {
        this.#options.logger.error({ err: error }, 'cannot read the outbox');
        this.#options.onFault({ message: 'cannot read the outbox' });
      }
    }
    this.#pump = undefined;
  }

  async #fill(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const room = session.window - this.#inFlight.size - this.#settling.size;
    if (room <= 0) return;
    const messages = await this.#options.outbox.after(this.#sentUpTo, room);
    if (this.#session !== session) return;
    for (const message of messages) this.#send(session, message);
    if (messages.length > 0) this.#pumpAgain = true;
  }

  #send(session: Session, message: StoredMessage): void {
    const { sequence, channel, payload } = message;
    this.#sentUpTo = sequence;
    if (this.#settling.has(sequence)) return;
    this.#inFlight.set(sequence, message);
    if (this.#inFlight.size === 1) this.#expectAnswer(session);
    session.connection.publish(topicOf(this.#options.device, channel), payload, (fault) =>
      this.#answered(session, message, fault),
    );
  }

  #answered(session: Session, message: StoredMessage, fault: Fault | undefined): void {
    if (fault === undefined) {
      this.#inFlight.delete(message.sequence);
      this.#settling.set(message.sequence, this.#settle(message));
      this.#expectAnswer(session);
      return;
    }
    const connectionEnded = fault.reasonCode === undefined || this.#session !== session;
    if (connectionEnded) return;
    this.#refused++;
    this.#options.logger.error(
      { fault, sequence: message.sequence },
      'the broker refused a message; it is kept',
    );
    this.#options.onFault(fault);
  }

  async #settle(message: StoredMessage): Promise<void> {
    try {
      await this.#options.outbox.remove(message);
    } catch (error) {
      this.#options.logger.error(
        { err: error, sequence: message.sequence },
        'cannot remove an acknowledged message; it will be sent again, and known by its id',
      );
    }
    this.#settling.delete(message.sequence);
    this.#options.onAcknowledged();
    this.kick();
  }

  #expectAnswer(session: Session): void {
    clearTimeout(this.#ackTimer);
    if (this.#session !== session || this.#inFlight.size === 0) return;
    const { ackTimeoutMs, onFault } = this.#options;
    this.#ackTimer = setTimeout(
      () => onFault({ message: `no PUBACK for ${ackTimeoutMs} ms` }),
      ackTimeoutMs,
    ).unref();
  }
}
