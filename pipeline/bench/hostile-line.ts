/** A device's connection in bytes: a few publishes in flight, each waited for; and bytes that end it. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { generate, parser, type Packet } from 'mqtt-packet';
import type { HostilePublish } from './hostile-messages.ts';

const WINDOW = 16;

export class Line {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, () => void>();
  #messageId = 0;

  static async open(port: number, clientId: string): Promise<Line> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        clientId,
        keepalive: 0,
      }),
    );
    const line = new Line(socket);
    await line.#admitted;
    return line;
  }

  readonly #admitted: Promise<void>;
  #admit: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#admitted = new Promise((resolve) => (this.#admit = resolve));
    const packets = parser().on('packet', (packet) => this.#receive(packet));
    socket.on('error', () => undefined); // the broker may cut it while we write: that is what is tried here
    socket.on('data', (chunk: Buffer) => packets.parse(chunk));
    socket.on('close', () => this.#release());
  }

  get closed(): boolean {
    return this.#socket.destroyed;
  }

  /** Resolves when there is room for another. */
  async publish({ topic, payload }: Pick<HostilePublish, 'topic' | 'payload'>): Promise<void> {
    void this.acknowledged({ topic, payload });
    if (this.#waiting.size >= WINDOW) await Promise.race(this.#promises);
  }

  readonly #promises = new Set<Promise<void>>();

  /** Resolves when this one is acknowledged, or the connection is gone. */
  acknowledged({ topic, payload }: Pick<HostilePublish, 'topic' | 'payload'>): Promise<void> {
    this.#messageId = (this.#messageId % 65_535) + 1;
    const messageId = this.#messageId;
    const promise = new Promise<void>((resolve) => this.#waiting.set(messageId, resolve));
    this.#promises.add(promise);
    void promise.then(() => this.#promises.delete(promise));
    this.#socket.write(
      generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false }),
    );
    return promise;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#promises);
  }

  /** Sends bytes, then our half of the farewell; resolves when the broker has ended its half too. */
  async breakWith(bytes: Buffer): Promise<void> {
    await this.settled();
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.end(bytes);
    await closed;
  }

  end(): void {
    this.#socket.destroy();
  }

  #receive(packet: Packet): void {
    if (packet.cmd === 'connack') this.#admit();
    if (packet.cmd !== 'puback') return;
    const messageId = packet.messageId ?? 0;
    this.#waiting.get(messageId)?.();
    this.#waiting.delete(messageId);
  }

  #release(): void {
    this.#admit();
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
  }
}
