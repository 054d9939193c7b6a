/** What is left of a connection's last packet, where it was none: told to intake, so that it is counted and kept. */
import type { Wreck } from '../app/intake/intake.ts';
import { KEPT_BYTES, topicOfPublish } from './mqtt-framing.ts';
import type { PacketGate } from './packet-gate.ts';

/** What a closed gate was left with; undefined where the connection ended between two packets. */
export function wreckOf(gate: PacketGate): Wreck | undefined {
  const { fault, partial } = gate;
  if (fault) {
    const { kind, head, bytes } = fault;
    return kind === 'oversized'
      ? wreck('oversized', `a packet of ${bytes} bytes; the connection was cut`, head, bytes)
      : wreck('malformed-packet', 'the length of the packet is none', head, bytes);
  }
  if (partial.length === 0) return undefined;
  return wreck('truncated-packet', 'the connection ended inside a packet', partial, partial.length);
}

/**
 * What Aedes or its parser refused. Timeouts, broken sockets and refused logins are no wrecks.
 * @returns undefined where the error is not about what was sent
 */
export function wreckFrom(
  error: Error & { code?: unknown; errorCode?: unknown },
  gate: PacketGate,
): Wreck | undefined {
  if (error.code !== undefined || error.errorCode !== undefined || NOT_ABOUT_PACKETS.has(error.message))
    return undefined;
  return wreck('malformed-packet', error.message, gate.lastPacket, gate.lastPacket.length);
}

/** Errors of aedes/lib/client.js and write.js, which carry no code. */
const NOT_ABOUT_PACKETS = new Set([
  'connect did not arrive in time',
  'keep alive timeout',
  'drain timeout',
  'connection closed',
]);

const wreck = (reason: Wreck['reason'], detail: string, bytes: Buffer, length: number): Wreck => ({
  topic: topicOfPublish(bytes),
  reason,
  detail,
  payload: Buffer.from(bytes.subarray(0, KEPT_BYTES)),
  bytes: length,
});
