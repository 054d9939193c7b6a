import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { benchTop, SOON } from '../testing/bench-top.ts';
import { freePort, type Arrival } from '../testing/broker.ts';
import { sampleBatch, START_MS } from '../testing/samples.ts';

const top = benchTop();
afterEach(() => top.clear());

const sequences = (arrivals: readonly Arrival[]) => arrivals.map(({ message }) => message.sequence);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
const never = () => new Promise<void>(() => undefined);

/** Each id once, where it came first. */
const firsts = (arrivals: readonly Arrival[]) => [...new Set(sequences(arrivals).filter((n) => n > 0))];

describe('an uplink and a line that fails', () => {
  it('delivers all of a long cut-off in order and once', async () => {
    const port = await freePort();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: `mqtt://127.0.0.1:${port}` });
    const last = 3001;
    for (let i = 2; i <= last; i++) await uplink.send('observations', START_MS + i * 1000, sampleBatch(i));
    expect(uplink.stats()).toMatchObject({ waiting: last, connected: false });

    const broker = await top.broker({ port });
    await uplink.drained();
    expect(sequences(broker.arrivals)).toEqual(upTo(last));
    expect(broker.arrivals.at(-1)?.message.data).toEqual(sampleBatch(last));
  });

  it('sends all that is unacknowledged again, in order, once a connection, when the broker drops it midway', async () => {
    let count = 0;
    const broker = await top.broker({
      onArrival: () => (++count % 40 === 0 ? Promise.reject(new Error('dropped')) : Promise.resolve()),
    });
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url, window: 8 });
    for (let i = 2; i <= 200; i++) await uplink.send('observations', START_MS, sampleBatch(i));
    await uplink.drained();

    expect(broker.connections).toBeGreaterThan(3);
    expect(firsts(broker.arrivals)).toEqual(upTo(200));
    for (let connection = 1; connection <= broker.connections; connection++) {
      const own = sequences(broker.arrivals.filter((arrival) => arrival.connection === connection));
      const sent = own.filter((sequence) => sequence > 0);
      expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
    }
  });

  it('sends the same message with the same id where the line broke between store and acknowledgement', async () => {
    let answering = false;
    const broker = await top.broker({ onArrival: () => (answering ? Promise.resolve() : never()) });
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    await uplink.send('observations', START_MS, sampleBatch(1));
    await expect.poll(() => broker.arrivals.length, SOON).toBe(2);
    answering = true;
    broker.cut();
    await uplink.drained();

    const own = broker.arrivals.filter(({ message }) => message.sequence === 2);
    expect(own).toHaveLength(2);
    expect(own[1]?.message).toEqual(own[0]?.message);
  });

  it('leaves its last will with the broker, sequence 0, and comes back in the same boot', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    await uplink.drained();
    broker.cut();
    await expect.poll(() => broker.arrivals.at(-1)?.message.data, SOON).toMatchObject({ state: 'lost' });
    expect(broker.arrivals.at(-1)?.message).toMatchObject({ sequence: 0, bootid: uplink.bootId });
    await uplink.send('observations', START_MS, sampleBatch(1));
    await uplink.drained();
    expect(broker.arrivals.at(-1)?.message).toMatchObject({ sequence: 2, bootid: uplink.bootId });
  });

  it('gives up a connection on which nothing is answered', async () => {
    let silent = true;
    const broker = await top.broker({ onArrival: () => (silent ? never() : Promise.resolve()) });
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url, ackTimeoutMs: 50 });
    await expect.poll(() => broker.arrivals.length, SOON).toBe(1);
    silent = false;
    await uplink.drained();
    expect(broker.connections).toBeGreaterThan(1);
  });

  it('gives up a connection that never becomes one', async () => {
    let tried = 0;
    const mute = createServer((socket) => void (tried++, socket.on('error', () => undefined).resume()));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    top.later(() => mute.close());
    const { port } = mute.address() as { port: number };
    await top.uplink({
      store: await top.store(),
      brokerUrl: `mqtt://127.0.0.1:${port}`,
      connectTimeoutMs: 30,
    });
    await expect.poll(() => tried, SOON).toBeGreaterThan(1);
  });
});

describe('an uplink that is not let in', () => {
  it('does not spin: after a refusal for good it waits the longest pause', async () => {
    const broker = await top.broker({ authenticate: () => false });
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      credentials: { username: 'camera-1', password: 'wrong' },
      backoff: { firstMs: 1, longestMs: 400 },
    });
    const startMs = performance.now();
    await expect.poll(() => broker.connections, { ...SOON, interval: 5 }).toBeGreaterThanOrEqual(3);
    expect(performance.now() - startMs).toBeGreaterThan(2 * 195);
    expect(uplink.stats()).toMatchObject({ waiting: 1, connected: false });
  });

  it('gives name and password', async () => {
    const given: unknown[] = [];
    const broker = await top.broker({
      authenticate: (username, password) => given.push([username, password]) > 0,
    });
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      credentials: { username: 'camera-1', password: 'right' },
    });
    await uplink.drained();
    expect(given).toEqual([['camera-1', 'right']]);
  });

  it('backs off from a broker that accepts connections and refuses every message', async () => {
    const broker = await top.broker({ onArrival: () => Promise.reject(new Error('no')) });
    await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      backoff: { firstMs: 20, longestMs: 10_000 },
    });
    const startMs = performance.now();
    await expect.poll(() => broker.connections, { ...SOON, interval: 5 }).toBeGreaterThanOrEqual(6);
    expect(performance.now() - startMs).toBeGreaterThan(10 + 20 + 40 + 80 + 160 - 20);
  });
});

describe('an uplink that starts again', () => {
  it('goes on with the sequence in a new boot, and delivers the old messages under the old one', async () => {
    const dir = await top.dir();
    const broker = await top.broker();
    const store = await top.store(dir);
    const offline = await top.uplink({ store, brokerUrl: `mqtt://127.0.0.1:${await freePort()}` });
    for (let i = 0; i < 3; i++) await offline.send('observations', START_MS, sampleBatch(i));
    expect(await offline.stop({ flushTimeoutMs: 10 })).toEqual({ left: 5 });
    await store.close();

    const next = await top.uplink({ store: await top.store(dir), brokerUrl: broker.url });
    await next.send('observations', START_MS, sampleBatch(9));
    await next.drained();
    expect(sequences(broker.arrivals)).toEqual(upTo(7));
    expect(broker.arrivals.map(({ message }) => message.bootid)).toEqual([
      ...Array.from({ length: 5 }, () => offline.bootId),
      next.bootId,
      next.bootId,
    ]);
  });

  it('never gives a sequence number twice, not even after everything was delivered', async () => {
    const dir = await top.dir();
    const broker = await top.broker();
    for (let start = 0; start < 3; start++) {
      const store = await top.store(dir);
      const uplink = await top.uplink({ store, brokerUrl: broker.url });
      await uplink.stop({ flushTimeoutMs: 5000 });
      await store.close();
    }
    expect(sequences(broker.arrivals)).toEqual(upTo(6));
  });
});
