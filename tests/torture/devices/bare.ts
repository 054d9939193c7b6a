/**
 * A device that speaks bare MQTT and keeps to no manners: it sends what it has sent before, sends later things first, hangs
 * up in the midst of a sentence, and says what is no message. What it was answered is written down all the same.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { topicOf } from '@wayside/contracts/topics';
import mqtt, { type MqttClient } from 'mqtt';
import type { Journal } from '../fates/journal.ts';
import { messageOf } from '../oracle/message.ts';
import type { Player } from '../oracle/cast.ts';
import { reportTimeMs } from '../oracle/report.ts';

export interface BareDevice {
  readonly player: Player;
  /** Sends old messages again. */
  repeat(count: number, at: () => number): Promise<void>;
  /** Sends the next messages in another order. */
  shuffle(count: number, at: () => number): Promise<void>;
  /** Sends messages and hangs up at once, never to ask again what became of them. */
  abandon(count: number): Promise<void>;
  /** Sends what is no message. */
  poison(count: number): Promise<void>;
  /** Copies sent of messages sent before. */
  repeated(): number;
  /** Says no more of its own accord; resolves when all it said is answered. */
  finish(timeoutMs: number): Promise<{ readonly last: number; readonly unanswered: number }>;
  close(): Promise<void>;
}

export interface BareOptions {
  readonly player: Player;
  readonly url: string;
  readonly journal: Journal;
  readonly everyMs: number;
}

const MOST_UNANSWERED = 200;

export function openBareDevice(options: BareOptions): BareDevice {
  const { player, url, journal, everyMs } = options;
  const client = mqtt.connect(url, {
    clientId: player.device,
    protocolVersion: player.door === 'house' ? 4 : 5,
    reconnectPeriod: 300,
    keepalive: 10,
    connectTimeout: 5_000,
  });
  client.on('error', () => undefined);
  let connections = 0;
  client.on('connect', () => connections++);
  const unheard = new Set<number>();
  client.on('packetreceive', (packet) => {
    if (packet.cmd === 'puback' && packet.reasonCode === NO_MATCHING_SUBSCRIBERS)
      unheard.add(packet.messageId ?? -1);
  });
  const stopping = new AbortController();
  const abandoned = new Set<number>();
  const acknowledged = new Set<number>();
  let last = 0;
  let repeated = 0;
  let unanswered = 0;

  const publish = (topic: 'reports', payload: string | Buffer): Promise<Answer> =>
    new Promise((resolve) => {
      unanswered++;
      client.publish(topicOf(player.device, topic), payload, { qos: 1 }, (error, packet) => {
        unanswered--;
        resolve(answerOf(error, unheard.delete(packet?.messageId ?? -1)));
      });
    });
  const payloadOf = (sequence: number): string =>
    JSON.stringify(messageOf(player, sequence, reportTimeMs(player, sequence - 1)));
  const send = async (sequence: number): Promise<void> => {
    const before = connections;
    const answer = await publish('reports', payloadOf(sequence));
    if (answer === 'acknowledged') acknowledged.add(sequence);
    if (abandoned.has(sequence)) return;
    // mqtt.js sends again what a line swallowed: then a refusal says nothing of the first time
    const fate = answer === 'refused' && before !== connections ? 'unknown' : answer;
    await journal.write([fate, player.device, sequence, Date.now()]);
  };
  const begin = async (count: number): Promise<readonly number[]> => {
    const sequences = Array.from({ length: count }, () => ++last);
    for (const sequence of sequences) await journal.write(['sent', player.device, sequence]);
    return sequences;
  };
  const talk = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (unanswered < MOST_UNANSWERED && client.connected) void send((await begin(1))[0] ?? 0);
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const talking = talk();
  return {
    player,
    repeated: () => repeated,
    repeat: async (count, at) => {
      for (let n = 0; n < count && last > 0; n++) {
        const sequence = 1 + Math.floor(at() * last);
        if (!acknowledged.has(sequence)) continue;
        repeated++;
        void publish('reports', payloadOf(sequence));
      }
      await Promise.resolve();
    },
    shuffle: async (count, at) => {
      const order = (await begin(count)).map((sequence) => ({ sequence, at: at() }));
      for (const { sequence } of order.toSorted((a, b) => a.at - b.at)) void send(sequence);
    },
    abandon: async (count) => {
      if (!client.connected) return;
      const sequences = await begin(count);
      for (const sequence of sequences) {
        abandoned.add(sequence);
        await journal.write(['unknown', player.device, sequence, Date.now()]);
      }
      const before = new Set(Object.keys(client.outgoing));
      for (const sequence of sequences) void send(sequence);
      await sleep(1);
      forget(client, before);
      client.stream.destroy();
    },
    poison: async (count) => {
      for (let n = 0; n < count; n++) {
        const text = `{"no": "message", "of": "${player.device}", "number": ${Date.now()}${n}`;
        const sha256 = createHash('sha256').update(text).digest('hex');
        void publish('reports', text).then((answer) =>
          answer === 'acknowledged'
            ? journal.write(['poison', player.device, sha256, Date.now()])
            : undefined,
        );
      }
      await Promise.resolve();
    },
    finish: async (timeoutMs) => {
      stopping.abort();
      await talking;
      const deadline = Date.now() + timeoutMs;
      while (unanswered > 0 && Date.now() < deadline) await sleep(100);
      return { last, unanswered };
    },
    close: async () => {
      stopping.abort();
      await client.endAsync(true);
    },
  };
}

type Answer = 'acknowledged' | 'refused' | 'unknown';

const NO_MATCHING_SUBSCRIBERS = 0x10;

/** An error without a code is mqtt.js giving the message up: what the broker thinks of it nobody knows. */
function answerOf(error: Error | null | undefined, unheard: boolean): Answer {
  if (error) return typeof (error as { readonly code?: unknown }).code === 'number' ? 'refused' : 'unknown';
  return unheard ? 'refused' : 'acknowledged';
}

/** What mqtt.js would send again on its next connection. */
function forget(client: MqttClient, before: ReadonlySet<string>): void {
  for (const id of Object.keys(client.outgoing))
    if (!before.has(id)) client.removeOutgoingMessage(Number(id));
}
