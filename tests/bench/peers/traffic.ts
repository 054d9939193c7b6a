/** What a fleet of cameras published once, kept so that each subject is given the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { startMosquitto } from '../../support/engines/mosquitto.ts';
import { runLoad } from '../../server/devices.ts';

export interface Recorded {
  /** `<device>/<bootid>/<sequence>`. */
  readonly id: string;
  readonly topic: string;
  readonly payload: Buffer;
}

/** Cameras at 10 Hz, a message a second in their own time; births come first. */
const FLEET = { rate: 100_000, sites: 200, seconds: 3_600 };
const MOST_MS = 180_000;

/** @throws Error where so many are not published in three minutes. */
export async function recordTraffic(count: number): Promise<readonly Recorded[]> {
  const broker = await startMosquitto();
  const client = await connectAsync(broker.url, { protocolVersion: 5 });
  const messages: Recorded[] = [];
  client.on('message', (topic, payload) => {
    if (messages.length >= count) return;
    const { id } = JSON.parse(payload.toString()) as { readonly id: string };
    messages.push({ id, topic, payload: Buffer.from(payload) });
  });
  await client.subscribeAsync('wayside/#', { qos: 1 });
  const load = runLoad({ broker: broker.url, ...FLEET });
  try {
    const deadline = Date.now() + MOST_MS;
    while (messages.length < count) {
      if (Date.now() > deadline) throw new Error(`only ${messages.length} of ${count} messages came`);
      await sleep(50);
    }
  } finally {
    load.child.kill('SIGKILL');
    await load.done.catch(() => undefined);
    await client.endAsync(true);
    await broker.remove();
  }
  return messages;
}
