/**
 * Stands between a socket and Aedes and lets whole packets through, a few at a time. Aedes reads on whenever bytes
 * arrive, however many publishes of that client it has not finished, and its parser buffers packets of up to 256 MB;
 * so both bounds are kept here. When the window is full the socket is not read, and TCP stops the device.
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { GateLimits } from './broker-limits.ts';
import { MqttFraming, PUBLISH, type FramingFault, type Packet } from './mqtt-framing.ts';

/** Memory that the incomplete packets of all connections may hold together. */
export interface PartialBudget {
  usedBytes: number;
  readonly maxBytes: number;
}

const PREVIEW_BYTES = 256;

export class PacketGate extends Duplex {
  readonly #socket: Socket;
  readonly #limits: GateLimits;
  readonly #budget: PartialBudget;
  readonly #framing: MqttFraming;
  readonly #queued: Packet[] = [];
  #heldBytes = 0;
  #inFlight = 0;
  #ended = false;
  #held = false;
  #deadline: NodeJS.Timeout | undefined;
  #lastPacket = Buffer.alloc(0);

  constructor(socket: Socket, limits: GateLimits, budget: PartialBudget) {
    // in object mode one read is one push: Aedes gets no more packets at a time than it is handed
    super({ readableObjectMode: true, readableHighWaterMark: 1, allowHalfOpen: false });
    this.#socket = socket;
    this.#limits = limits;
    this.#budget = budget;
    this.#framing = new MqttFraming({ firstBytes: limits.connectBytes, laterBytes: limits.packetBytes });
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.#end());
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    socket.on('timeout', () => {
      if (this.#inFlight === 0) this.destroy(timedOut('nothing came'));
    });
    socket.setTimeout(limits.idleTimeoutMs);
    socket.setNoDelay(true);
  }

  /** Why the gate closed by itself, if it did. */
  get fault(): FramingFault | undefined {
    return this.#framing.fault;
  }

  /** What came of a packet that never became complete. */
  get partial(): Buffer {
    return this.#framing.partial;
  }

  /** The beginning of what was let through last: where the parser behind finds a fault, the culprit is in there. */
  get lastPacket(): Buffer {
    return this.#lastPacket;
  }

  /** One publish that was let through is settled. */
  settle(): void {
    this.#inFlight--;
    if (!this.destroyed) this.#pump();
  }

  /** Lets nothing more through. */
  hold(): void {
    this.#held = true;
    this.#socket.pause();
  }

  override _read(): void {
    this.#pump();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    if (this.#socket.write(chunk, encoding)) callback();
    else this.#socket.once('drain', callback);
  }

  override _final(callback: () => void): void {
    this.#socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    clearTimeout(this.#deadline);
    this.#budget.usedBytes -= this.#heldBytes;
    this.#heldBytes = 0;
    this.#socket.destroy();
    callback(error);
  }

  #receive(chunk: Buffer): void {
    if (this.destroyed) return;
    this.#queued.push(...this.#framing.push(chunk));
    this.#account();
    if (this.#budget.usedBytes > this.#budget.maxBytes) this.destroy(overloaded());
    else this.#pump();
  }

  #account(): void {
    this.#budget.usedBytes += this.#framing.heldBytes - this.#heldBytes;
    this.#heldBytes = this.#framing.heldBytes;
    if (this.#heldBytes === 0) {
      clearTimeout(this.#deadline);
      this.#deadline = undefined;
    } else
      this.#deadline ??= setTimeout(
        () => this.destroy(timedOut('a packet came too slowly')),
        this.#limits.packetTimeoutMs,
      );
  }

  /** Pushes what the window allows; reads the socket only while nothing waits. */
  #pump(): void {
    if (this.#held) return;
    const allowed = this.#takeAllowed();
    if (allowed.length > 0) {
      const bytes = Buffer.concat(allowed.map((packet) => packet.bytes));
      this.#lastPacket = Buffer.from(bytes.subarray(0, PREVIEW_BYTES));
      this.push(bytes);
    }
    if (this.#queued.length > 0) {
      this.#socket.pause();
    } else if (this.#framing.fault) this.#closeWhenSettled();
    else if (this.#ended) this.push(null);
    else this.#socket.resume();
  }

  /** What came before the fault is still answered. */
  #closeWhenSettled(): void {
    if (this.#inFlight === 0) this.destroy();
    else this.#socket.pause();
  }

  #takeAllowed(): readonly Packet[] {
    let count = 0;
    let publishes = 0;
    while (count < this.#queued.length && count < this.#limits.window) {
      if (this.#queued[count]?.type === PUBLISH) {
        if (this.#inFlight + publishes === this.#limits.window) break;
        publishes++;
      }
      count++;
    }
    this.#inFlight += publishes;
    return this.#queued.splice(0, count);
  }

  #end(): void {
    this.#ended = true;
    this.#pump();
  }
}

const timedOut = (why: string): Error => Object.assign(new Error(why), { code: 'ETIMEDOUT' });
const overloaded = (): Error =>
  Object.assign(new Error('too many incomplete packets at once'), { code: 'EBUSY' });
