/**
 * One MQTT 5 connection that takes what a subscription brings, and acknowledges a message when it was handled and not
 * before; mqtt.js handles one message at a time, which leaves nothing to store together. It never reconnects: what was
 * not acknowledged comes again to the next connection of the same client (the session outlives the connection).
 */
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate, parser, type IConnackPacket, type IPublishPacket, type Packet } from 'mqtt-packet';

export interface MqttSessionOptions {
  /** mqtt:// or mqtts:// */
  readonly url: string;
  readonly clientId: string;
  readonly subscription: string;
  /** Messages the broker may have in flight to us. */
  readonly receiveMaximum: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM of the authority of the broker's certificate, where the system does not know it. */
  readonly ca?: string | undefined;
}

export interface Delivery {
  readonly topic: string;
  readonly payload: Uint8Array;
}

const KEEPALIVE_SECONDS = 30;
const CONNECT_TIMEOUT_MS = 10_000;
const DRAIN_TIMEOUT_MS = 5_000;
/** How long the broker keeps what is for us while we are away: as long as MQTT can say without "for ever". */
const SESSION_EXPIRY_SECONDS = 0xffff_fffe;
const MQTT_5 = { protocolVersion: 5 } as const;

/**
 * Runs until the signal, then answers what was taken and leaves in order. @throws Error where the connection ends
 * otherwise, or `handle` rejected.
 */
export async function runMqttSession(
  options: MqttSessionOptions,
  handle: (delivery: Delivery) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const session = new Session(options, handle);
  const stop = () => session.leave();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    await session.ended;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

interface Pending {
  readonly messageId: number | undefined;
  done: boolean;
}

/** connecting ─▶ subscribed ─▶ leaving ─▶ ended; any fault ends it at once. */
class Session {
  readonly ended: Promise<void>;
  readonly #options: MqttSessionOptions;
  readonly #handle: (delivery: Delivery) => Promise<void>;
  readonly #socket: Socket;
  readonly #ping: NodeJS.Timeout;
  readonly #connecting: NodeJS.Timeout;
  /** In order of arrival: acknowledgements must be given in it (MQTT 5.0, §4.6). */
  readonly #pending: Pending[] = [];
  #finish: (error?: Error) => void = () => undefined;
  #leaving = false;
  #acknowledging = false;
  #heardAtMs = Date.now();

  constructor(options: MqttSessionOptions, handle: (delivery: Delivery) => Promise<void>) {
    this.#options = options;
    this.#handle = handle;
    this.ended = new Promise((resolve, reject) => {
      this.#finish = (error) => (error ? reject(error) : resolve());
    });
    this.#socket = openSocket(options);
    this.#ping = setInterval(() => this.#keepAlive(), (KEEPALIVE_SECONDS * 1000) / 2);
    this.#connecting = setTimeout(
      () => this.#end(new Error('the broker did not answer')),
      CONNECT_TIMEOUT_MS,
    );
    this.#listen();
    this.#send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clean: false,
      clientId: options.clientId,
      keepalive: KEEPALIVE_SECONDS,
      ...(options.username !== undefined && { username: options.username }),
      ...(options.password !== undefined && { password: Buffer.from(options.password) }),
      properties: {
        sessionExpiryInterval: SESSION_EXPIRY_SECONDS,
        receiveMaximum: options.receiveMaximum,
      },
    });
  }

  leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    setTimeout(() => this.#end(), DRAIN_TIMEOUT_MS).unref();
    this.#leaveWhenDrained();
  }

  #listen(): void {
    const packets = parser(MQTT_5);
    packets.on('packet', (packet) => this.#take(packet));
    packets.on('error', (error: Error) => this.#end(error));
    this.#socket.on('data', (chunk: Buffer) => {
      this.#heardAtMs = Date.now();
      packets.parse(chunk);
    });
    this.#socket.on('error', (error) => this.#end(error));
    this.#socket.on('close', () => this.#end(new Error('the broker closed the connection')));
  }

  #take(packet: Packet): void {
    switch (packet.cmd) {
      case 'connack':
        this.#connected(packet);
        return;
      case 'suback':
        clearTimeout(this.#connecting);
        if (packet.granted.some((code) => Number(code) >= 0x80))
          this.#end(new Error(`the broker refused the subscription ${this.#options.subscription}`));
        return;
      case 'publish':
        this.#deliver(packet);
        return;
      case 'disconnect':
        this.#end(new Error(`the broker ended the session, reason ${String(packet.reasonCode ?? 0)}`));
        return;
      default:
        return;
    }
  }

  #connected({ reasonCode }: IConnackPacket): void {
    if (reasonCode !== undefined && reasonCode >= 0x80) {
      this.#end(new Error(`the broker refused the connection, reason ${reasonCode}`));
      return;
    }
    const { subscription: topic } = this.#options;
    this.#send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] });
  }

  #deliver({ topic, payload, messageId }: IPublishPacket): void {
    if (this.#leaving) return; // it comes again to whoever comes next
    const pending: Pending = { messageId, done: false };
    this.#pending.push(pending);
    this.#breathe();
    this.#handle({ topic, payload: typeof payload === 'string' ? Buffer.from(payload) : payload }).then(
      () => {
        pending.done = true;
        this.#acknowledgeSoon();
      },
      (error: unknown) => this.#end(error as Error),
    );
  }

  /** What is handled in one turn is acknowledged in one piece: a group that was stored, by one system call. */
  #acknowledgeSoon(): void {
    if (this.#acknowledging) return;
    this.#acknowledging = true;
    setImmediate(() => this.#acknowledge());
  }

  #acknowledge(): void {
    this.#acknowledging = false;
    const open = this.#pending.findIndex(({ done }) => !done);
    const done = this.#pending.splice(0, open < 0 ? this.#pending.length : open);
    const ids = done.flatMap(({ messageId }) => messageId ?? []);
    if (ids.length > 0 && this.#socket.writable) this.#socket.write(pubacks(ids));
    this.#breathe();
    if (this.#leaving) this.#leaveWhenDrained();
  }

  /** The broker keeps to the receive maximum, but that does not count QoS 0. */
  #breathe(): void {
    const full = this.#pending.length > this.#options.receiveMaximum * 2;
    if (full === this.#socket.isPaused()) return;
    if (full) this.#socket.pause();
    else this.#socket.resume();
  }

  #leaveWhenDrained(): void {
    if (this.#pending.length > 0) return;
    this.#send({ cmd: 'disconnect', reasonCode: 0 });
    this.#end();
  }

  #keepAlive(): void {
    if (Date.now() - this.#heardAtMs > KEEPALIVE_SECONDS * 1500) this.#end(new Error('the broker is silent'));
    else this.#send({ cmd: 'pingreq' });
  }

  #send(packet: Packet): void {
    if (this.#socket.writable) this.#socket.write(generate(packet, MQTT_5));
  }

  #end(error?: Error): void {
    clearInterval(this.#ping);
    clearTimeout(this.#connecting);
    this.#socket.removeAllListeners('data');
    if (error) this.#socket.destroy();
    else this.#socket.end(() => this.#socket.destroy());
    this.#finish(error);
  }
}

/** Success, which needs no more than the four bytes of the packet (MQTT 5.0, §3.4.2.1). */
function pubacks(ids: readonly number[]): Buffer {
  const packets = Buffer.allocUnsafe(4 * ids.length);
  for (const [i, id] of ids.entries()) packets.writeUInt32BE(0x4002_0000 + id, 4 * i);
  return packets;
}

function openSocket({ url, ca }: MqttSessionOptions): Socket {
  const { protocol, hostname: host, port } = new URL(url);
  if (protocol === 'mqtts:')
    return connectTls({
      host,
      port: Number(port || 8883),
      servername: host,
      ...(ca !== undefined && { ca }),
    });
  return connectPlain({ host, port: Number(port || 1883), noDelay: true });
}
