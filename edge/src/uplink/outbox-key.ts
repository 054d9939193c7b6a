/**
 * Keys of the messages in a device's outbox: `m/<sequence, ten digits>/<channel>/<bytes>`. Text order is the order
 * of the sequence, and the size in the key lets a start count what waits without reading it.
 */
import { CHANNELS, type Channel } from '@wayside/contracts/topics';

export interface OutboxKey {
  readonly sequence: number;
  readonly channel: Channel;
  readonly bytes: number;
}

const padded = (sequence: number) => String(sequence).padStart(10, '0');

export const outboxKey = ({ sequence, channel, bytes }: OutboxKey): string =>
  `m/${padded(sequence)}/${channel}/${bytes}`;

/** Range of all messages with a sequence above `sequence`. */
export const keysAfter = (sequence: number) => ({ gte: `m/${padded(sequence + 1)}`, lt: 'm0' });

/** @throws Error where the key was not made by `outboxKey`: the database is not ours. */
export function parseOutboxKey(key: string): OutboxKey {
  const [, sequence, name, bytes] = key.split('/');
  const channel = CHANNELS.find((known) => known === name);
  if (channel === undefined) throw new Error(`"${key}" is not a key of an outbox`);
  return { sequence: Number(sequence), channel, bytes: Number(bytes) };
}
