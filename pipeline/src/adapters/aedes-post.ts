/**
 * Aedes, set up so that devices publish and nobody subscribes: a publish is handed to intake before Aedes writes its
 * PUBACK (in `authorizePublish`; `broker.publish` would be too late), and goes nowhere else.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Aedes, type Client, type PublishPacket } from 'aedes';
import type { Logger } from 'pino';
import { IntakeError } from '../app/intake/intake-error.ts';
import type { Intake, IntakeSession, Wreck } from '../app/intake/intake.ts';
import type { BrokerLimits } from './broker-limits.ts';
import { wreckFrom, wreckOf } from './mqtt-wreck.ts';
import { PacketGate, type PartialBudget } from './packet-gate.ts';

export interface AedesPostOptions {
  readonly intake: Intake;
  readonly logger: Logger;
  readonly password?: string | undefined;
  readonly limits: BrokerLimits;
}

type Done = (error?: Error | null) => void;

/** One connection. Its session begins with the first message, when the device has named itself. */
interface Line {
  readonly gate: PacketGate;
  session: IntakeSession | undefined;
  wrecked: boolean;
}

/** What goes on into Aedes in place of what was published: nothing keeps it, and no inner topic can be reached. */
const ACCEPTED = { topic: 'accepted', payload: Buffer.alloc(0), retain: false } as const;

export class AedesPost {
  readonly #intake: Intake;
  readonly #logger: Logger;
  readonly #limits: BrokerLimits;
  readonly #budget: PartialBudget;
  readonly #aedes: Aedes;
  readonly #lines = new Map<Client, Line>();
  #closing = false;
  #accepting = 0;
  #wrecks = 0;
  #onQuiet: (() => void) | undefined;

  constructor({ intake, logger, password, limits }: AedesPostOptions) {
    this.#intake = intake;
    this.#logger = logger;
    this.#limits = limits;
    this.#budget = { usedBytes: 0, maxBytes: limits.partialBytes };
    this.#aedes = new Aedes({
      connectTimeout: limits.connectTimeoutMs,
      queueLimit: limits.window,
      maxInflightInbound: limits.window,
      preConnect: (_client, packet, done) => {
        packet.clean = true; // a session would hold nothing: no subscriptions, and the log knows duplicates
        done(null, !this.#closing);
      },
      authenticate: (client, _username, given, done) => {
        const admitted = password === undefined || sameSecret(password, given);
        if (!admitted) logger.warn({ client: client.id }, 'device refused: wrong password');
        done(null, admitted);
      },
      authorizePublish: (client, packet, done) => this.#publish(client, packet, done),
      authorizeSubscribe: (_client, _subscription, done) => done(null, null),
    });
    this.#aedes.on('clientError', (client, error) => this.#onError(client, error));
    this.#aedes.on('connectionError', (client, error) => this.#onError(client, error));
    (this.#aedes as EventEmitter).on('error', (error) =>
      logger.error({ err: error as Error }, 'broker failed'),
    );
  }

  open(): Promise<void> {
    return this.#aedes.listen();
  }

  receive(socket: Socket): void {
    if (this.#closing || this.#wrecks >= this.#limits.wrecks) {
      socket.destroy();
      return;
    }
    const line: Line = {
      gate: new PacketGate(socket, this.#limits, this.#budget),
      session: undefined,
      wrecked: false,
    };
    const client = this.#aedes.handle(line.gate);
    this.#lines.set(client, line);
    line.gate.once('close', () => {
      this.#lines.delete(client);
      this.#keepWreck(client, line, wreckOf(line.gate));
    });
  }

  /** No last will is sent then: it is the house that goes, not the devices. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { gate } of this.#lines.values()) gate.hold();
    if (this.#accepting > 0) await new Promise<void>((resolve) => (this.#onQuiet = resolve));
    await new Promise((resolve) => setImmediate(resolve)); // Aedes writes the last PUBACK
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
    for (const { gate } of this.#lines.values()) gate.destroy();
  }

  /** Comes once a PUBLISH, in their order, and for the last will of a connection that is gone. */
  #publish(client: Client | null, packet: PublishPacket, done: Done): void {
    if (!client || this.#closing) {
      done(new Error('the house is closing'));
      return;
    }
    const { topic, payload } = packet;
    Object.assign(packet, ACCEPTED);
    const line = this.#lines.get(client);
    const settled: Done = (error) => {
      done(error);
      line?.gate.settle();
    };
    this.#accept(this.#sessionOf(client, line), topic, payload, settled);
  }

  /** A will is about a session that is over, and stands outside its order. */
  #sessionOf(client: Client, line: Line | undefined): IntakeSession {
    if (!line || client.closed) return this.#intake.openSession(client.id);
    return (line.session ??= this.#intake.openSession(client.id));
  }

  #accept(session: IntakeSession, topic: string, payload: string | Buffer, settled: Done): void {
    this.#accepting++;
    session
      .accept({ topic, payload: typeof payload === 'string' ? Buffer.from(payload) : payload })
      .then(
        () => settled(null),
        (error: unknown) => settled(error as Error),
      )
      .finally(() => this.#settle());
  }

  #onError(client: Client, error: Error): void {
    const line = this.#lines.get(client);
    if (error instanceof IntakeError || !line) return;
    this.#logger.debug({ client: client.id, err: error }, 'connection ended');
    this.#keepWreck(client, line, wreckFrom(error, line.gate));
  }

  /** One a connection: it ends with it. */
  #keepWreck(client: Client, line: Line, wreck: Wreck | undefined): void {
    if (!wreck || line.wrecked || this.#closing) return;
    line.wrecked = true;
    this.#wrecks++;
    this.#accepting++;
    const name = (client.id as string | null) ?? '';
    this.#intake
      .openSession(name)
      .reject(wreck)
      .catch((error: unknown) =>
        this.#logger.error({ err: error as Error, client: name }, 'a dead letter was lost'),
      )
      .finally(() => {
        this.#wrecks--;
        this.#settle();
      });
  }

  #settle(): void {
    if (--this.#accepting === 0) this.#onQuiet?.();
  }
}

/** Compares digests, so that the time taken tells nothing. */
function sameSecret(expected: string, given: Uint8Array | undefined): boolean {
  const digest = (secret: string | Uint8Array) => createHash('sha256').update(secret).digest();
  return given !== undefined && timingSafeEqual(digest(expected), digest(given));
}
