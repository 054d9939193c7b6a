import { afterEach, describe, expect, it } from 'vitest';
import { benchTop, SOON } from '../testing/bench-top.ts';
import { freePort } from '../testing/broker.ts';
import { sampleBatch, sampleReport, sampleSite, START_MS } from '../testing/samples.ts';
import { UplinkError } from './uplink-error.ts';

const top = benchTop();
afterEach(() => top.clear());

const never = () => new Promise<void>(() => undefined);

describe('an uplink and a broker that behaves', () => {
  it('says online with its site first and stopping last, all in one sequence and one boot', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      site: sampleSite,
      clock: () => START_MS,
    });
    await uplink.send('observations', START_MS, sampleBatch(1));
    await uplink.send('reports', START_MS, sampleReport());
    expect(await uplink.stop({ flushTimeoutMs: 5000 })).toEqual({ left: 0 });

    const messages = broker.arrivals.map(({ message }) => message);
    expect(messages.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(new Set(messages.map(({ bootid }) => bootid))).toEqual(new Set([uplink.bootId]));
    expect(messages.map(({ type }) => type.split('.')[2])).toEqual([
      'status',
      'observations',
      'report',
      'status',
    ]);
    expect(messages[0]?.data).toEqual({
      state: 'online',
      kind: 'camera',
      software: 'test 1',
      site: sampleSite,
      outbox: { waiting: 0, dropped: 0 },
    });
    expect(messages[1]).toMatchObject({
      id: `camera-1/${uplink.bootId}/2`,
      sentat: START_MS,
      time: new Date(START_MS).toISOString(),
      data: sampleBatch(1),
    });
    expect(messages[3]?.data).toMatchObject({ state: 'stopping' });
  });

  it('leaves no last will behind when it stops in good order', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    await uplink.stop({ flushTimeoutMs: 5000 });
    await broker.close();
    expect(broker.arrivals.map(({ message }) => message.data)).not.toContainEqual(
      expect.objectContaining({ state: 'lost' }),
    );
  });

  it('counts what is acknowledged, waiting and in flight', async () => {
    const broker = await top.broker();
    const seen: number[] = [];
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      onStats: ({ acknowledged }) => seen.push(acknowledged),
    });
    await uplink.send('observations', START_MS, sampleBatch(1));
    await uplink.drained();
    expect(uplink.stats()).toEqual({
      waiting: 0,
      inFlight: 0,
      acknowledged: 2,
      refused: 0,
      dropped: 0,
      connected: true,
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(2);
  });

  it('carries hundreds of devices over one store', async () => {
    const broker = await top.broker();
    const store = await top.store();
    const devices = Array.from({ length: 200 }, (_, i) => `device-${i}`);
    const uplinks = await Promise.all(
      devices.map((device) => top.uplink({ device, store, brokerUrl: broker.url })),
    );
    await Promise.all(
      uplinks.map(async (uplink) => {
        for (let i = 0; i < 5; i++) await uplink.send('observations', START_MS, sampleBatch(i));
        await uplink.stop({ flushTimeoutMs: 20_000 });
      }),
    );
    for (const device of devices) {
      const own = broker.arrivals.filter(({ message }) => message.device === device);
      expect(own.map(({ message }) => message.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
  });
});

describe('an uplink under pressure', () => {
  it('never has more than the window in flight when nothing is acknowledged', async () => {
    const broker = await top.broker({ onArrival: never });
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url, window: 3 });
    for (let i = 0; i < 20; i++) await uplink.send('observations', START_MS, sampleBatch(i));
    await expect.poll(() => uplink.stats().inFlight, SOON).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(broker.arrivals.length).toBeLessThanOrEqual(3);
    expect(uplink.stats()).toMatchObject({ inFlight: 3, waiting: 21, acknowledged: 0 });
  });

  it('makes send wait while the outbox is full, in the order of the calls', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const broker = await top.broker({ onArrival: () => gate });
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url, maxWaiting: 4 });
    const sent: number[] = [];
    const sends = Array.from({ length: 10 }, async (_, i) => {
      await uplink.send('observations', START_MS, sampleBatch(i));
      sent.push(i);
    });
    await expect.poll(() => sent, SOON).toEqual([0, 1, 2]);
    expect(uplink.stats().waiting).toBe(4);
    open();
    await Promise.all(sends);
    await uplink.drained();
    expect(broker.arrivals.slice(1).map(({ message }) => message.data)).toEqual(
      Array.from({ length: 10 }, (_, i) => sampleBatch(i)),
    );
  });

  it('refuses the newest where it was told so, counts what it was worth, and says so at the next start', async () => {
    const dir = await top.dir();
    const store = await top.store(dir);
    const brokerUrl = `mqtt://127.0.0.1:${await freePort()}`;
    const uplink = await top.uplink({ store, brokerUrl, maxWaiting: 3, whenFull: 'refuse' });
    const outcomes = [];
    for (let i = 0; i < 4; i++)
      outcomes.push(await uplink.send('observations', START_MS, sampleBatch(i), { worth: 25 }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'refused', 'refused']);
    expect(uplink.stats()).toMatchObject({ dropped: 50, waiting: 3 });
    await uplink.stop({ flushTimeoutMs: 1 });

    const broker = await top.broker();
    const next = await top.uplink({ store, brokerUrl: broker.url });
    await next.drained();
    const births = broker.arrivals.filter(({ message }) => message.bootid === next.bootId);
    expect(births[0]?.message.data).toMatchObject({ outbox: { waiting: 4, dropped: 50 } });
  });

  it('counts bytes too', async () => {
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: `mqtt://127.0.0.1:${await freePort()}`,
      maxWaitingBytes: 1000,
      whenFull: 'refuse',
    });
    const outcomes = [];
    for (let i = 0; i < 4; i++) outcomes.push(await uplink.send('observations', START_MS, sampleBatch(i)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['stored', 'stored', 'refused', 'refused']);
  });

  it('lets a caller that waits go when its signal aborts', async () => {
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: `mqtt://127.0.0.1:${await freePort()}`,
      maxWaiting: 1,
    });
    const signal = AbortSignal.timeout(20);
    await expect(uplink.send('observations', START_MS, sampleBatch(1), { signal })).rejects.toThrow(
      /timeout/,
    );
    await expect(uplink.drained(AbortSignal.timeout(20))).rejects.toThrow(/timeout/);
  });
});

describe('an uplink that is misused', () => {
  it('refuses an address that is none', async () => {
    const store = await top.store();
    await expect(top.uplink({ store, brokerUrl: 'localhost:1883' })).rejects.toMatchObject({
      code: 'bad-broker-url',
    });
  });

  it('refuses to open a device twice in one process, and lets it be opened after a stop', async () => {
    const broker = await top.broker();
    const store = await top.store();
    const first = await top.uplink({ store, brokerUrl: broker.url });
    await expect(top.uplink({ store, brokerUrl: broker.url })).rejects.toMatchObject({
      code: 'device-in-use',
    });
    await first.stop({ flushTimeoutMs: 5000 });
    const second = await top.uplink({ store, brokerUrl: broker.url });
    await second.drained();
    expect(second.bootId).not.toBe(first.bootId);
  });

  it('refuses to send after a stop', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    await uplink.stop({ flushTimeoutMs: 5000 });
    await expect(uplink.send('observations', START_MS, sampleBatch(1))).rejects.toThrow(UplinkError);
  });

  it('refuses a directory that another process has', async () => {
    const dir = await top.dir();
    await top.store(dir);
    await expect(top.store(dir)).rejects.toMatchObject({ code: 'outbox-open-failed' });
  });
});
