/**
 * Cuts a byte stream into MQTT control packets (3.1.1, §2.2) before any parser buffers them: a packet that says it is
 * too long, or whose length is none, is found at its first bytes.
 */
export interface Packet {
  /** Control packet type, the upper half of the first byte; 3 is PUBLISH. */
  readonly type: number;
  readonly bytes: Buffer;
}

export interface FramingFault {
  readonly kind: 'malformed' | 'oversized';
  /** The faulty packet as far as it came, at most KEPT_BYTES of it. */
  readonly head: Buffer;
  /** Length the packet says it has, header included; of a malformed one, what came of it. */
  readonly bytes: number;
}

export const PUBLISH = 3;
export const KEPT_BYTES = 4096;
const MAX_LENGTH_BYTES = 4;

export class MqttFraming {
  /** Bytes of the packet that is not complete yet; grows as they come, so that a mere announcement costs nothing. */
  #partial = Buffer.alloc(0);
  #filled = 0;
  #fault: FramingFault | undefined;
  #limitBytes: number;
  readonly #laterLimitBytes: number;

  /** @param firstBytes the longest first packet (CONNECT) allowed, header included; `laterBytes`, any later one. */
  constructor({ firstBytes, laterBytes }: { readonly firstBytes: number; readonly laterBytes: number }) {
    this.#limitBytes = firstBytes;
    this.#laterLimitBytes = laterBytes;
  }

  /** After a fault nothing more is read. */
  get fault(): FramingFault | undefined {
    return this.#fault;
  }

  /** The incomplete packet at the end of what came. */
  get partial(): Buffer {
    return this.#partial.subarray(0, this.#filled);
  }

  /** Memory held by the incomplete packet. */
  get heldBytes(): number {
    return this.#partial.length;
  }

  /** @returns the packets that are complete now. */
  push(chunk: Buffer): readonly Packet[] {
    const packets: Packet[] = [];
    let rest = chunk;
    while (rest.length > 0 && !this.#fault) {
      const taken = this.#take(rest, packets);
      rest = rest.subarray(taken);
    }
    return packets;
  }

  /** Takes one packet, or what there is of it, from the beginning of `rest`. @returns how many bytes it took. */
  #take(rest: Buffer, packets: Packet[]): number {
    if (this.#filled === 0) {
      const needed = this.#lengthOf(rest, rest);
      if (needed !== undefined && needed <= rest.length) {
        this.#complete(rest.subarray(0, needed), packets);
        return needed;
      }
    }
    return this.#fault ? rest.length : this.#fill(rest, packets);
  }

  #fill(rest: Buffer, packets: Packet[]): number {
    const before = this.#filled;
    const header = Buffer.concat([this.partial.subarray(0, 5), rest.subarray(0, 5)]);
    const needed = this.#lengthOf(header, rest);
    if (this.#fault) return rest.length;
    const taken = needed === undefined ? rest.length : Math.min(rest.length, needed - before);
    this.#grow(before + taken, needed);
    rest.copy(this.#partial, before, 0, taken);
    this.#filled += taken;
    if (this.#filled === needed) {
      this.#complete(this.partial, packets);
      this.#partial = Buffer.alloc(0);
      this.#filled = 0;
    }
    return taken;
  }

  #complete(bytes: Buffer, packets: Packet[]): void {
    packets.push(packetOf(bytes));
    this.#limitBytes = this.#laterLimitBytes;
  }

  #grow(size: number, needed: number | undefined): void {
    if (size <= this.#partial.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.min(needed ?? 16, Math.max(size * 2, 1024)));
    this.partial.copy(grown);
    this.#partial = grown;
  }

  /** @returns the length of the packet with its header, undefined while that cannot be read yet or is a fault. */
  #lengthOf(header: Buffer, rest: Buffer): number | undefined {
    let length = 0;
    for (let index = 1; index <= MAX_LENGTH_BYTES; index++) {
      const byte = header[index];
      if (byte === undefined) return undefined;
      length += (byte & 0x7f) * 128 ** (index - 1);
      if (byte < 0x80) return this.#allowed(length + index + 1, rest);
    }
    this.#fault = { kind: 'malformed', head: this.#headWith(rest), bytes: this.#filled + rest.length };
    return undefined;
  }

  #allowed(needed: number, rest: Buffer): number | undefined {
    if (needed <= this.#limitBytes) return needed;
    this.#fault = { kind: 'oversized', head: this.#headWith(rest), bytes: needed };
    return undefined;
  }

  #headWith(rest: Buffer): Buffer {
    return Buffer.concat([this.partial, rest.subarray(0, KEPT_BYTES)]).subarray(0, KEPT_BYTES);
  }
}

const packetOf = (bytes: Buffer): Packet => ({ type: (bytes[0] ?? 0) >> 4, bytes });

/** The topic of a PUBLISH packet as far as it is there, for a dead letter; empty where none can be read. */
export function topicOfPublish(head: Buffer): string {
  let start = 1;
  while (start <= MAX_LENGTH_BYTES && (head[start] ?? 0) >= 0x80) start++;
  const at = start + 1;
  if ((head[0] ?? 0) >> 4 !== PUBLISH || head.length < at + 2) return '';
  return head.toString('utf8', at + 2, Math.min(at + 2 + head.readUInt16BE(at), head.length));
}
