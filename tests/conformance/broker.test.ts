/** The door: what a device publishes is stored in its order before it is acknowledged, whichever broker it came by. */
import { randomBytes } from 'node:crypto';
import { topicOf } from '@wayside/contracts/topics';
import { listenForDevices } from '@wayside/pipeline/adapters/aedes-broker';
import { takeFromBroker } from '@wayside/pipeline/adapters/mqtt-intake';
import { createDeviceSessions } from '@wayside/pipeline/app/intake/device-sessions';
import { createIntake } from '@wayside/pipeline/app/intake/intake';
import { MemoryLog } from '@wayside/pipeline/testing/memory-log';
import { mosquittoProgram, startMosquitto } from '../support/engines/mosquitto.ts';
import { birth, observations, testSite, TEST_TIME_MS } from '@wayside/pipeline/testing/messages';
import mqtt from 'mqtt';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';

const logger = pino({ level: 'silent' });
/** One a test: sessions that a test leaves behind would get a share of the next one's messages. */
const skippedShared = process.env['WAYSIDE_TEST_MQTT'] === undefined || mosquittoProgram() === undefined;
const patient = { interval: 10, timeout: 30_000 };
const COUNT = 200;

let release: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of release.reverse()) await step();
  release = [];
});

const intakeOn = (log: MemoryLog) =>
  createIntake({ log, jurisdictions: new Set(['cn']), clock: () => TEST_TIME_MS + 1_000, logger });

async function aedes(log: MemoryLog): Promise<string> {
  const broker = await listenForDevices({ intake: intakeOn(log), logger, host: '127.0.0.1', port: 0 });
  release.push(() => broker.close());
  return broker.url;
}

/** Two intakes that know nothing of each other but the log. */
async function shared(log: MemoryLog): Promise<string> {
  const mosquitto = await startMosquitto();
  release.push(() => mosquitto.remove());
  const { url } = mosquitto;
  const sessions = ['a', 'b'].map((name) => `test-${name}-${randomBytes(4).toString('hex')}`);
  for (const clientId of sessions) {
    const stop = new AbortController();
    const lastSequences = (ids: readonly string[]) => log.lastSequences(ids);
    const devices = createDeviceSessions(intakeOn(log), { lastSequences });
    const ended = takeFromBroker({ url, clientId, devices, logger, receiveMaximum: 64 }, stop.signal);
    release.push(async () => {
      stop.abort();
      await ended;
    });
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // both are subscribed
  return url;
}

describe.each([
  { name: 'Aedes in the process', open: aedes, skipped: false },
  {
    name: `Mosquitto, shared by two intakes${skippedShared ? ' (skipped: npm run test:server)' : ''}`,
    open: shared,
    skipped: skippedShared,
  },
])('devices at $name', ({ open, skipped }) => {
  it.skipIf(skipped)('have their messages stored once and in their order', async () => {
    const log = new MemoryLog();
    const url = await open(log);
    const devices = ['cam-1', 'cam-2'];
    const clients = await Promise.all(
      devices.map((clientId) => mqtt.connectAsync(url, { clientId, protocolVersion: 4, reconnectPeriod: 0 })),
    );
    release.push(() => Promise.all(clients.map((client) => client.endAsync(true))));
    for (const [index, client] of clients.entries()) {
      const device = devices[index] ?? '';
      const site = testSite({ id: `site-of-${device}`, devices: [device] });
      const send = (channel: 'status' | 'observations', message: unknown) =>
        client.publishAsync(topicOf(device, channel), JSON.stringify(message), { qos: 1 });
      const sent = [send('status', birth({ device, sequence: 1, site }))];
      for (let sequence = 2; sequence <= COUNT; sequence++)
        sent.push(send('observations', observations({ device, sequence, site })));
      await Promise.all(sent);
    }
    await expect.poll(() => log.messages.length, patient).toBe(COUNT * devices.length);
    expect(log.letters).toEqual([]);
    for (const device of devices)
      expect(
        log.messages.flatMap(({ message }) => (message.device === device ? [message.sequence] : [])),
      ).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
  });

  it.skipIf(skipped || open === aedes)(
    'keep waiting where a store fails, and are stored when it is back',
    async () => {
      const log = new MemoryLog();
      let failing = true;
      log.gate = () => (failing ? Promise.reject(new Error('the store is down')) : Promise.resolve());
      const url = await open(log);
      const client = await mqtt.connectAsync(url, { clientId: 'cam-1', protocolVersion: 4 });
      release.push(() => client.endAsync(true));
      for (let sequence = 1; sequence <= 10; sequence++)
        await client.publishAsync(topicOf('cam-1', 'status'), JSON.stringify(birth({ sequence })), {
          qos: 1,
        });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(log.messages).toEqual([]);
      failing = false;
      await expect.poll(() => log.messages.length, patient).toBe(10);
      expect(log.messages.map(({ message }) => message.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    },
  );
});
