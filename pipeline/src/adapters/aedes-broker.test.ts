import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { topicOf } from '@wayside/contracts/topics';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { generate } from 'mqtt-packet';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createIntake } from '../app/intake/intake.ts';
import { birth, lastWill, TEST_TIME_MS } from '../testing/messages.ts';
import { MemoryLog } from '../testing/memory-log.ts';
import { listenForDevices, type DeviceBroker } from './aedes-broker.ts';
import type { BrokerLimits } from './broker-limits.ts';

const logger = pino({ enabled: false });
const STATUS = topicOf('cam-1', 'status');
const message = (sequence: number) => Buffer.from(JSON.stringify(birth({ sequence })));

let release: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of release.reverse()) await step();
  release = [];
});

async function setUp(options: { limits?: Partial<BrokerLimits>; password?: string } = {}) {
  const log = new MemoryLog();
  const intake = createIntake({ log, jurisdictions: new Set(['cn']), clock: () => TEST_TIME_MS, logger });
  const broker = await listenForDevices({ intake, logger, host: '127.0.0.1', port: 0, ...options });
  release.push(() => broker.close());
  return { log, intake, broker };
}

async function connect(broker: DeviceBroker, options: IClientOptions = {}): Promise<MqttClient> {
  const client = mqtt.connect(broker.url, {
    clientId: 'cam-1',
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...options,
  });
  client.on('error', () => undefined);
  release.push(() => client.endAsync(true));
  await new Promise((resolve) => client.once('connect', resolve));
  return client;
}

/** A connection that speaks bytes. */
async function raw(broker: DeviceBroker, hello: Buffer = CONNECT): Promise<Socket> {
  const socket = connectSocket(broker.port, '127.0.0.1');
  socket.on('error', () => undefined);
  release.push(() => void socket.destroy());
  await once(socket, 'connect');
  if (hello.length > 0) {
    socket.write(hello);
    await once(socket, 'data'); // CONNACK
  }
  socket.resume();
  return socket;
}

const CONNECT = generate({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: 'cam-1',
  keepalive: 0,
});
const publish = (payload: Buffer, messageId = 1, topic = STATUS): Buffer =>
  generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain: false });
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));

/** Patient, for a machine may be busy. */
const eventually = (check: () => void) => vi.waitFor(check, 10_000);

/** Appends wait until the returned function is called. */
function holdUp(log: MemoryLog): () => void {
  let open: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (open = resolve));
  log.gate = () => held;
  return open;
}

describe('a publish', () => {
  it.each([0, 1, 2] as const)(
    'of QoS %i is acknowledged only when it is durable, and stored once',
    async (qos) => {
      const { log, intake, broker } = await setUp();
      const client = await connect(broker);
      const open = holdUp(log);
      let acknowledged = false;
      const sending = client.publishAsync(STATUS, message(1), { qos }).then(() => (acknowledged = true));
      await eventually(() => expect(intake.counters().inFlight).toBe(1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(acknowledged).toBe(qos === 0);
      open();
      await sending;
      await eventually(() =>
        expect(intake.counters()).toMatchObject({ received: 1, stored: 1, inFlight: 0 }),
      );
      expect(log.messages).toHaveLength(1);
    },
  );

  it('is stored in the order of its connection, however many come in one piece', async () => {
    const { log, broker } = await setUp();
    const socket = await raw(broker);
    const count = 300;
    socket.write(
      Buffer.concat(Array.from({ length: count }, (_, index) => publish(message(index + 1), index + 1))),
    );
    await eventually(() => expect(log.messages).toHaveLength(count));
    expect(log.messages.map((stored) => stored.message.sequence)).toEqual(
      Array.from({ length: count }, (_, i) => i + 1),
    );
  });

  it('is not even read while its connection has a window of others waiting', async () => {
    const { log, intake, broker } = await setUp({ limits: { window: 8 } });
    const open = holdUp(log);
    const socket = await raw(broker);
    for (let index = 1; index <= 100; index++) {
      socket.write(publish(message(index), index));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => expect(intake.counters().inFlight).toBe(8));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(intake.counters().inFlight).toBe(8);
    open();
    await eventually(() => expect(log.messages).toHaveLength(100));
  });

  it('that is retained is taken like any other, and kept nowhere', async () => {
    const { log, broker } = await setUp();
    const client = await connect(broker);
    await client.publishAsync(STATUS, message(1), { qos: 1, retain: true });
    expect(log.messages).toHaveLength(1);
  });

  it('that the store cannot keep ends the connection, and is stored when the device sends it again', async () => {
    const { log, broker } = await setUp();
    const client = await connect(broker, { reconnectPeriod: 20 });
    let failures = 0;
    log.gate = () => (failures++ < 2 ? Promise.reject(new Error('disk full')) : Promise.resolve());
    const sequences = [1, 2, 3, 4, 5];
    await Promise.all(
      sequences.map((sequence) => client.publishAsync(STATUS, message(sequence), { qos: 1 })),
    );
    expect(log.messages.map((stored) => stored.message.sequence)).toEqual(sequences);
    expect(failures).toBeGreaterThanOrEqual(2);
  });

  it('to an inner topic of the broker is a dead letter and reaches nobody', async () => {
    const { log, broker } = await setUp();
    const victim = await connect(broker, { clientId: 'cam-2' });
    const attacker = await connect(broker);
    await attacker.publishAsync('$SYS/another-broker/new/clients', 'cam-2', { qos: 1 });
    expect(log.letters).toMatchObject([{ reason: 'unknown-topic', client: 'cam-1' }]);
    await victim.publishAsync(topicOf('cam-2', 'status'), '{}', { qos: 1 });
    expect(victim.connected).toBe(true);
  });
});

describe('a last will', () => {
  const will = {
    topic: STATUS,
    payload: Buffer.from(JSON.stringify(lastWill({}))),
    qos: 1 as const,
    retain: false,
  };

  it('is stored when the connection breaks', async () => {
    const { log, broker } = await setUp();
    const client = await connect(broker, { will });
    client.stream.destroy();
    await eventually(() => expect(log.messages.map((stored) => stored.message)).toEqual([lastWill({})]));
  });

  it('is not sent after an orderly farewell, nor when it is the house that goes', async () => {
    const { log, broker } = await setUp();
    await (await connect(broker, { will })).endAsync();
    await connect(broker, { will });
    await broker.close();
    expect(log.messages).toEqual([]);
  });
});

describe('a subscription', () => {
  it('is refused: devices have nothing to hear', async () => {
    const { broker } = await setUp();
    const client = await connect(broker);
    await expect(client.subscribeAsync('#', { qos: 1 })).rejects.toThrow();
  });
});

describe('what is no message', () => {
  it.each([
    ['a packet larger than allowed', 'oversized', publish(Buffer.alloc(2_000_000))],
    ['a length of five bytes', 'malformed-packet', Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 1])],
    ['a packet of an unknown kind', 'malformed-packet', Buffer.from([0x00, 0x00])],
    ['reserved flags', 'malformed-packet', Buffer.from([0x6f, 0x02, 0, 1])],
    ['a topic longer than its packet', 'malformed-packet', Buffer.from([0x32, 0x04, 0xff, 0xff, 0x61, 0x62])],
    ['a topic with a wildcard', 'malformed-packet', publish(Buffer.from('x'), 1, 'a/b').fill('#', 4, 5)],
    ['a second CONNECT', 'malformed-packet', CONNECT],
  ])('%s ends that connection alone, as a dead letter "%s"', async (_name, reason, bytes) => {
    const { log, intake, broker } = await setUp();
    const bystander = await connect(broker, { clientId: 'cam-2' });
    const socket = await raw(broker);
    socket.write(bytes);
    await closed(socket);
    await eventually(() => expect(log.letters).toMatchObject([{ reason, client: 'cam-1' }]));
    await bystander.publishAsync('nowhere', 'x', { qos: 1 });
    expect(intake.counters()).toMatchObject({ received: 2, deadLettered: 2, inFlight: 0 });
  });

  it('an oversized packet leaves its topic and its beginning, and is not waited for', async () => {
    const { log, broker } = await setUp();
    const socket = await raw(broker);
    socket.write(publish(Buffer.alloc(2_000_000, 'x')).subarray(0, 100));
    await closed(socket);
    await eventually(() => expect(log.letters).toHaveLength(1));
    expect(log.letters[0]).toMatchObject({ topic: STATUS, bytes: 2_000_000 + STATUS.length + 8 });
    expect(log.letters[0]?.payload.length).toBe(100);
  });

  it('half a packet is a dead letter when its connection ends', async () => {
    const { log, broker } = await setUp();
    const socket = await raw(broker);
    socket.end(publish(message(1)).subarray(0, 50));
    await eventually(() =>
      expect(log.letters).toMatchObject([{ reason: 'truncated-packet', topic: STATUS, bytes: 50 }]),
    );
  });

  it.each([
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a publish before the CONNECT', publish(message(1))],
  ])('%s is turned away', async (_name, bytes) => {
    const { log, intake, broker } = await setUp({ limits: { packetTimeoutMs: 100 } });
    const socket = await raw(broker, Buffer.alloc(0));
    socket.write(bytes);
    await closed(socket);
    await eventually(() => expect(log.letters).toHaveLength(1));
    expect(log.messages).toEqual([]);
    expect(intake.counters()).toMatchObject({ received: 1, deadLettered: 1 });
  });
});

describe('a connection', () => {
  it('needs the password where there is one', async () => {
    const { log, broker } = await setUp({ password: 'a long enough secret' });
    const refused = mqtt.connect(broker.url, {
      clientId: 'cam-1',
      reconnectPeriod: 0,
      protocolVersion: 4,
      username: 'cam-1',
      password: 'wrong',
    });
    release.push(() => refused.endAsync(true));
    const error = await new Promise((resolve) => refused.once('error', resolve));
    expect(error).toMatchObject({ code: 5 });
    const client = await connect(broker, { username: 'cam-1', password: 'a long enough secret' });
    await client.publishAsync(STATUS, message(1), { qos: 1 });
    expect(log.messages).toHaveLength(1);
  });

  it('that does not say who it is, or sends a packet too slowly, is ended and leaves no mess', async () => {
    const { broker, log } = await setUp({ limits: { connectTimeoutMs: 50, packetTimeoutMs: 100 } });
    await closed(await raw(broker, Buffer.alloc(0)));
    const slow = await raw(broker);
    slow.write(publish(message(1)).subarray(0, 10));
    await closed(slow);
    await eventually(() => expect(log.letters).toMatchObject([{ reason: 'truncated-packet' }]));
  });

  it('on which nothing moves is ended', async () => {
    const { broker } = await setUp({ limits: { idleTimeoutMs: 80 } });
    await closed(await raw(broker));
  });

  it('is ended when the incomplete packets of all together hold too much memory', async () => {
    const { broker } = await setUp({ limits: { partialBytes: 300_000 } });
    const half = publish(Buffer.alloc(200_000)).subarray(0, 150_000);
    const sockets = await Promise.all(Array.from({ length: 4 }, () => raw(broker, CONNECT_AS.next().value)));
    for (const socket of sockets) socket.write(half);
    await eventually(() => expect(sockets.some((socket) => socket.destroyed)).toBe(true));
    expect(sockets.some((socket) => !socket.destroyed)).toBe(true);
  });

  it('is answered for what was taken when the house closes', async () => {
    const { log, intake, broker } = await setUp();
    const client = await connect(broker);
    const open = holdUp(log);
    const sending = client.publishAsync(STATUS, message(1), { qos: 1 });
    await eventually(() => expect(intake.counters().inFlight).toBe(1));
    const closing = broker.close();
    open();
    await closing;
    await sending;
    expect(log.messages).toHaveLength(1);
  });
});

/** CONNECT packets of as many devices as are asked for. */
const CONNECT_AS = (function* (): Generator<Buffer, never> {
  for (let device = 1; ; device++)
    yield generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: `many-${device}`,
      keepalive: 0,
    });
})();

describe('the address', () => {
  it('that is taken is refused in the system’s own words', async () => {
    const { broker, intake } = await setUp();
    await expect(
      listenForDevices({ intake, logger, host: '127.0.0.1', port: broker.port }),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
