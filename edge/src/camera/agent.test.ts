import { contentHash } from '@wayside/contracts/canonical';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { ObservationMessage } from '@wayside/contracts/observation-batch';
import { afterEach, describe, expect, it } from 'vitest';
import { benchTop, SOON } from '../testing/bench-top.ts';
import { freePort, type Arrival } from '../testing/broker.ts';
import { sampleSite, START_MS } from '../testing/samples.ts';
import { tokensOf } from '../tokens.ts';
import { runCamera } from './agent.ts';
import type { Frame, FrameSource } from './frame-source.ts';

const top = benchTop();
afterEach(() => top.clear());

const tokens = tokensOf(Buffer.alloc(32, 1));
const PLATE = 'AB12 CDE';

const frame = (dtMs: number): Frame => ({
  timeMs: START_MS + dtMs,
  objects: [{ track: '1', kind: 'car', xMetres: dtMs / 100, yMetres: 0, plateText: PLATE }],
});
const every = (stepMs: number, count: number) => Array.from({ length: count }, (_, i) => frame(i * stepMs));

const recorded = (frames: readonly Frame[]): FrameSource => ({
  site: sampleSite,
  async *frames() {
    for (const frame of frames) yield await Promise.resolve(frame);
  },
});

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const isBatch = (message: DeviceMessage): message is ObservationMessage =>
  message.type === 'org.wayside.observations.v1';
const batchesOf = (arrivals: readonly Arrival[]) => arrivals.map(({ message }) => message).filter(isBatch);

describe('a camera that replays a recording', () => {
  it('publishes all of it, ends with stopping, and says what it did', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      site: sampleSite,
    });
    const progress: number[] = [];
    const result = await runCamera({
      uplink,
      tokens,
      speed: 'max',
      source: recorded(every(100, 95)),
      clockStatus: () => ({ state: 'synchronised', maxErrorMs: 5 }),
      onProgress: ({ frames }) => progress.push(frames),
    });
    expect(result).toEqual({
      frames: 95,
      observations: 95,
      batches: 10,
      droppedFrames: 0,
      faults: {},
      left: 0,
    });
    expect(progress).toHaveLength(10);
    const batches = batchesOf(broker.arrivals);
    expect(batches.flatMap(({ data }) => data.frames.dtMs)).toHaveLength(95);
    expect(batches[0]?.data).toMatchObject({
      site: { id: 'corner', version: contentHash(sampleSite) },
      clock: { state: 'synchronised', maxErrorMs: 5 },
    });
    expect(batches[1]?.time).toBe(new Date(START_MS + 1000).toISOString());
    expect(broker.arrivals.at(-1)?.message.data).toMatchObject({ state: 'stopping' });
  });

  it('lets no plate out, only its token', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    await runCamera({ uplink, tokens, speed: 'max', source: recorded(every(100, 20)) });
    expect(batchesOf(broker.arrivals)[0]?.data.objects[0]?.plate).toBe(tokens.plate(PLATE));
    expect(JSON.stringify(broker.arrivals)).not.toMatch(/AB12/);
  });

  it('at max stays at most two windows ahead of what is acknowledged', async () => {
    const broker = await top.broker({ onArrival: () => wait(1) });
    let most = 0;
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: broker.url,
      window: 4,
      onStats: ({ waiting }) => (most = Math.max(most, waiting)),
    });
    await runCamera({ uplink, tokens, speed: 'max', source: recorded(every(1000, 100)) });
    expect(batchesOf(broker.arrivals)).toHaveLength(100);
    expect(most).toBeLessThanOrEqual(9);
    expect(most).toBeGreaterThan(4);
  });

  it('at a multiple of real time takes the time divided by it', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    const startedMs = Date.now();
    await runCamera({ uplink, tokens, speed: 50, source: recorded(every(100, 200)) });
    const tookMs = Date.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(390);
    expect(tookMs).toBeLessThan(15_000);
    expect(batchesOf(broker.arrivals)).toHaveLength(20);
  });

  it('says that its clock is unsynchronised where nothing is known of it', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    await runCamera({ uplink, tokens, speed: 'max', source: recorded(every(100, 2)) });
    expect(batchesOf(broker.arrivals)[0]?.data.clock).toEqual({ state: 'unsynchronised' });
  });

  it('names what the tracker said that cannot be', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    const source = recorded([frame(0), frame(0), frame(100)]);
    const result = await runCamera({ uplink, tokens, speed: 'max', source });
    expect(result).toMatchObject({ frames: 3, observations: 2, faults: { 'frame-not-later': 1 } });
  });
});

describe('a live camera', () => {
  it('ends a batch when its time is over although no frame follows', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    const stop = new AbortController();
    const source: FrameSource = {
      site: sampleSite,
      async *frames(signal) {
        yield frame(0);
        yield frame(40);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    };
    const run = runCamera({ uplink, tokens, speed: 'live', batchMs: 50, source, signal: stop.signal });
    await expect.poll(() => batchesOf(broker.arrivals), SOON).toHaveLength(1);
    expect(batchesOf(broker.arrivals)[0]?.data.frames.dtMs).toEqual([0, 40]);
    stop.abort();
    expect(await run).toMatchObject({ frames: 2, left: 0 });
  });

  it('stores on while cut off, and drops and counts only what its disk may not hold', async () => {
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: `mqtt://127.0.0.1:${await freePort()}`,
      maxWaiting: 6,
      whenFull: 'refuse',
    });
    const source = recorded(every(500, 20));
    const result = await runCamera({ uplink, tokens, speed: 'live', source, flushTimeoutMs: 10 });
    expect(result).toMatchObject({ batches: 5, droppedFrames: 10, left: 7 });
  });
});

describe('a camera that is stopped', () => {
  it('stores what it has gathered, says stopping, and takes no more', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    const stop = new AbortController();
    const run = runCamera({
      uplink,
      tokens,
      speed: 1,
      source: recorded(every(400, 1000)),
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    const result = await run;
    expect(result.frames).toBe(4);
    expect(result.left).toBe(0);
    expect(batchesOf(broker.arrivals).flatMap(({ data }) => data.frames.dtMs)).toHaveLength(4);
    expect(broker.arrivals.at(-1)?.message.data).toMatchObject({ state: 'stopping' });
  });

  it('does not hang at max where nobody acknowledges', async () => {
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: `mqtt://127.0.0.1:${await freePort()}`,
      window: 1,
    });
    const result = await runCamera({
      uplink,
      tokens,
      speed: 'max',
      source: recorded(every(1000, 50)),
      signal: AbortSignal.timeout(50),
      flushTimeoutMs: 10,
    });
    expect(result.droppedFrames).toBe(0);
    expect(result.left).toBe(result.batches + 2);
  });

  it('says stopping also where its source fails, and hands the failure on', async () => {
    const broker = await top.broker();
    const uplink = await top.uplink({ store: await top.store(), brokerUrl: broker.url });
    const source: FrameSource = {
      site: sampleSite,
      async *frames() {
        yield await Promise.resolve(frame(0));
        throw new Error('the recording is damaged');
      },
    };
    await expect(runCamera({ uplink, tokens, speed: 'max', source })).rejects.toThrow('damaged');
    expect(batchesOf(broker.arrivals)).toHaveLength(1);
    expect(broker.arrivals.at(-1)?.message.data).toMatchObject({ state: 'stopping' });
  });
});
