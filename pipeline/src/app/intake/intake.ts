/**
 * The door of the house. What a device sends is checked, and answered only once it is durable: in the log, known as a
 * duplicate, or kept as a dead letter with the reason (promises 1, 5 and 6).
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { AppendOutcome, LogWriter } from '../event-log.ts';
import type { Tracer } from '../trace.ts';
import { checkAlone, checkSite, type Arrival, type Checked, type RejectReason } from './check.ts';
import type { DeviceOrder } from './device-order.ts';
import { GroupCommit, type Item } from './group-commit.ts';
import { IntakeError } from './intake-error.ts';
import { KnownSites } from './known-sites.ts';
import { DEFAULT_LIMITS, type IntakeLimits } from './limits.ts';
import { Room } from './room.ts';

export type Accepted =
  { readonly kind: AppendOutcome } | { readonly kind: 'dead-letter'; readonly reason: RejectReason };

export interface IntakeCounters {
  /** received = stored + duplicate + deadLettered + inFlight, always; since this process started. */
  readonly received: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly deadLettered: number;
  readonly inFlight: number;
  /** Given back unacknowledged because the store failed; they come again, and are counted as received then. */
  readonly refused: number;
}

/** What came of no message: a packet that was cut, or no packet at all. */
export interface Wreck {
  readonly topic: string;
  readonly reason: RejectReason;
  readonly detail: string;
  readonly payload: Uint8Array;
  readonly bytes: number;
}

/**
 * One connection of one device. Its messages are stored in the order of the calls; after one of them failed, all
 * later ones are refused, so that what is sent again cannot end up behind what was sent after it.
 */
export interface IntakeSession {
  /** Resolves once durable. @throws IntakeError: do not acknowledge, end the connection. */
  accept(message: { readonly topic: string; readonly payload: Uint8Array }): Promise<Accepted>;
  /** Keeps what the broker could not read as a dead letter. @throws IntakeError */
  reject(wreck: Wreck): Promise<void>;
}

export interface Intake {
  /**
   * @param client who the connection is: the device's id, as the broker authenticated it.
   * @param order where other intakes get messages of the same device: whose turn it is.
   */
  openSession(client: string, order?: DeviceOrder): IntakeSession;
  counters(): IntakeCounters;
  /** Takes nothing more; resolves when all that was taken is settled. */
  close(): Promise<void>;
}

export interface IntakeParts {
  readonly log: LogWriter;
  /** Ids of the law profiles of this house: a site that names another is turned away. */
  readonly jurisdictions: ReadonlySet<string>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<IntakeLimits>;
  /** Told of each message that could be read, before it is answered. */
  readonly tracer?: Tracer | undefined;
}

export function createIntake(parts: IntakeParts): Intake {
  return new Door({ ...parts, limits: { ...DEFAULT_LIMITS, ...parts.limits } });
}

class Door implements Intake {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #limits: IntakeLimits;
  readonly #sites: KnownSites;
  readonly #jurisdictions: ReadonlySet<string>;
  readonly #commit: GroupCommit;
  readonly #room: Room;
  readonly #tracer: Tracer | undefined;
  readonly #totals = { received: 0, stored: 0, duplicate: 0, deadLettered: 0, refused: 0 };
  #closed = false;
  #inFlight = 0;
  #onEmpty: (() => void) | undefined;

  constructor({
    log,
    jurisdictions,
    clock,
    logger,
    limits,
    tracer,
  }: IntakeParts & { readonly limits: IntakeLimits }) {
    this.#jurisdictions = jurisdictions;
    this.#clock = clock;
    this.#logger = logger;
    this.#limits = limits;
    this.#sites = new KnownSites((site) => log.siteDevices(site), limits.rememberedSites);
    this.#commit = new GroupCommit(log, limits);
    this.#tracer = tracer;
    this.#room = new Room(limits.waitingMessages, limits.waitingBytes);
  }

  openSession(client: string, order?: DeviceOrder): IntakeSession {
    const session: Session = { client, last: Promise.resolve(), failure: undefined };
    return {
      accept: ({ topic, payload }) => {
        const arrival = { topic, client, payload, receivedAtMs: this.#clock() };
        const alone = order && checkAlone(arrival, this.#limits);
        return this.#admit(
          session,
          payload.length,
          () => this.#prepare(arrival, alone),
          alone?.kind === 'good' ? () => order?.turn(alone.message) : undefined,
        );
      },
      reject: async (wreck) => {
        const letter = { ...wreck, client, receivedAtMs: this.#clock() };
        await this.#admit(session, wreck.payload.length, () =>
          Promise.resolve({ item: { kind: 'letter', letter }, reason: wreck.reason }),
        );
      },
    };
  }

  counters(): IntakeCounters {
    return { ...this.#totals, inFlight: this.#inFlight };
  }

  close(): Promise<void> {
    this.#closed = true;
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#onEmpty = resolve));
  }

  /** Checks follow one another within a session, because they may have to ask the store; what is durable does not. */
  async #admit(
    session: Session,
    bytes: number,
    prepare: () => Promise<Prepared>,
    turn?: () => Promise<void> | undefined,
  ): Promise<Accepted> {
    if (this.#closed) throw new IntakeError('closed', 'the house is closing');
    this.#totals.received++;
    this.#inFlight++;
    try {
      await turn?.(); // before it stands in the session's order: what it waits for must be able to pass it
      const ready = session.last.then(() => this.#enter(session, bytes, prepare));
      session.last = ready.then(noop, noop);
      return this.#count(await (await ready).settled);
    } catch (error) {
      this.#totals.received--;
      this.#totals.refused++;
      throw error instanceof IntakeError ? error : this.#fail(session, error);
    } finally {
      if (--this.#inFlight === 0) this.#onEmpty?.();
    }
  }

  /** The promise is wrapped, so that waiting for the entry is not waiting for its durability. */
  async #enter(
    session: Session,
    bytes: number,
    prepare: () => Promise<Prepared>,
  ): Promise<{ readonly settled: Promise<Accepted> }> {
    await this.#room.enter(bytes);
    try {
      if (session.failure) throw session.failure;
      const prepared = await prepare();
      return { settled: this.#store(session, bytes, prepared).finally(() => this.#room.leave(bytes)) };
    } catch (error) {
      this.#room.leave(bytes);
      throw error;
    }
  }

  #store(session: Session, bytes: number, prepared: Prepared): Promise<Accepted> {
    const { item, reason } = prepared;
    const forget = this.#learn(item);
    return new Promise((resolve, reject) =>
      this.#commit.add({
        item,
        bytes,
        refused: () => session.failure,
        done: (outcome) => {
          this.#tell(session.client, prepared, outcome);
          resolve(
            outcome === 'dead-letter' ? { kind: outcome, reason: reason ?? 'content' } : { kind: outcome },
          );
        },
        failed: (error) => {
          forget();
          reject(this.#fail(session, error));
        },
      }),
    );
  }

  #tell(device: string, { item, messageId }: Prepared, outcome: AppendOutcome | 'dead-letter'): void {
    if (!this.#tracer || messageId === undefined) return;
    const { receivedAtMs: startMs } = item.kind === 'message' ? item.incoming : item.letter;
    const endMs = this.#clock();
    this.#tracer.tell({ name: 'intake', message: messageId, device, outcome, startMs, endMs });
  }

  #learn(item: Item): () => void {
    if (item.kind === 'letter') return noop;
    const { message } = item.incoming;
    if (message.type !== 'org.wayside.status.v1' || !message.data.site) return noop;
    return this.#sites.learn(message.data.site);
  }

  async #prepare(arrival: Arrival, alone: Checked | undefined): Promise<Prepared> {
    const checked = alone ?? checkAlone(arrival, this.#limits);
    return this.#itemOf(arrival, await checkSite(checked, this.#sites, this.#jurisdictions));
  }

  #itemOf(arrival: Arrival, checked: Checked): Prepared {
    const { topic, client, payload, receivedAtMs } = arrival;
    if (checked.kind === 'good') {
      const { message, payload: text } = checked;
      const incoming = { message, payload: text, receivedAtMs };
      return { item: { kind: 'message', incoming }, messageId: message.id };
    }
    const { reason, detail, messageId } = checked;
    const letter = { topic, client, reason, detail, payload, bytes: payload.length, receivedAtMs };
    return { item: { kind: 'letter', letter }, reason, messageId };
  }

  /** The first failure of a session is logged and kept; it is the answer to all that follows. */
  #fail(session: Session, error: unknown): IntakeError {
    if (session.failure) return session.failure;
    session.failure = new IntakeError(
      'session-refused',
      'an earlier message of this connection was not stored',
    );
    this.#logger.error(
      { err: error, client: session.client },
      'storing a message failed; its device is cut off',
    );
    return new IntakeError('store-failed', 'the message could not be stored', { cause: error });
  }

  #count(accepted: Accepted): Accepted {
    this.#totals[accepted.kind === 'dead-letter' ? 'deadLettered' : accepted.kind]++;
    return accepted;
  }
}

interface Session {
  readonly client: string;
  /** Settles when the message before has passed its checks. */
  last: Promise<void>;
  failure: IntakeError | undefined;
}

interface Prepared {
  readonly item: Item;
  readonly reason?: RejectReason;
  readonly messageId?: string | undefined;
}

const noop = (): void => undefined;
