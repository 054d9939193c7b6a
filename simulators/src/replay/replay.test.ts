import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker, type TestBroker } from '@wayside/edge/testing/broker';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAgentHost } from '../agents/agent-host.ts';
import { dutSite } from '../recordings/dut-site.ts';
import type { Recording, RecordingRef } from '../recordings/recording.ts';
import { replayAll, type ReplayResult } from './replay.ts';

let dataDir: string;
let broker: TestBroker;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'wayside-replay-'));
  broker = await startBroker();
});
afterEach(async () => {
  await broker.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A vehicle and a person, each with the id 0, ten frames a second. */
function recording(clip: string, frames: number): Recording {
  const site = dutSite({
    clip,
    frameRate: 10,
    crosswalk: [
      [0, 0],
      [9, 0],
      [9, 5],
    ],
    pedestriansWalkAlong: 'x',
    vehiclesDriveAlong: 'y',
  });
  return {
    clip,
    site,
    contentHash: clip.padEnd(64, '0'),
    frames: Array.from({ length: frames }, (_, n) => ({
      timeMs: 1e12 + n * 100,
      objects: [
        { track: '0', kind: 'car', xMetres: n / 10, yMetres: 1, plateText: `recording/${clip}/0` },
        { track: '0', kind: 'pedestrian', xMetres: 1, yMetres: n / 10 },
      ],
    })),
    rejects: { count: 0, rows: [] },
  };
}

const refs = (clips: readonly string[], frames: number): readonly RecordingRef[] =>
  clips.map((clip) => ({ clip, load: () => Promise.resolve(recording(clip, frames)) }));

async function replay(clips: readonly RecordingRef[], abort = new AbortController()): Promise<ReplayResult> {
  const host = await openAgentHost({ dataDir, brokerUrl: broker.url, logger: pino({ level: 'silent' }) });
  try {
    return await replayAll(clips, {
      host,
      speed: 'max',
      signal: abort.signal,
      onClip: () => undefined,
      onProgress: (_, sent) => {
        if (sent >= 25) abort.abort();
      },
    });
  } finally {
    await host.close();
  }
}

const published = (): object =>
  Object.fromEntries(
    [...broker.arrivals]
      .filter(({ message }) => message.sequence > 0)
      .map(({ message }) => [message.id, 'state' in message.data ? message.data.state : message.data]),
  );

describe('replaying recordings', () => {
  it('publishes each once, under a boot named by its content, and nothing the second time', async () => {
    const never = new AbortController();
    const clips = refs(['a', 'b', 'c', 'd', 'e'], 24);
    const first = await replay(clips, never);
    expect(first).toMatchObject({
      clips: 5,
      messages: 15,
      observations: 240,
      published: 25,
      unacknowledged: 0,
      complete: true,
    });
    const seen = broker.arrivals.length;
    const second = await replay(clips, never);
    expect(second).toMatchObject({ messages: 15, observations: 240, published: 0, complete: true });
    expect(broker.arrivals).toHaveLength(seen);
    expect(broker.arrivals[0]?.message.bootid).toMatch(/^rec-[a-e]0{31}$/);
  });

  it('goes on where it was interrupted, with the very same messages', async () => {
    const interrupted = await replay(refs(['a'], 60));
    expect(interrupted.complete).toBe(false);
    await replay(refs(['a'], 60), new AbortController()).catch(() => undefined);
    const { complete } = await replayUndisturbed(refs(['a'], 60));
    expect(complete).toBe(true);
    const resumed = published();
    const [other, otherDir] = [await startBroker(), await mkdtemp(join(tmpdir(), 'wayside-replay-'))];
    await broker.close();
    await rm(dataDir, { recursive: true, force: true });
    [broker, dataDir] = [other, otherDir];
    await replayUndisturbed(refs(['a'], 60));
    expect(withoutTokens(resumed)).toEqual(withoutTokens(published()));
  });

  it('leaves torn clips for the next run where one cannot be read', async () => {
    const broken: RecordingRef = { clip: 'x', load: () => Promise.reject(new Error('unreadable')) };
    await expect(replay([broken, ...refs(['a'], 10)])).rejects.toThrow('unreadable');
  });
});

/** Each folder has its own token key. */
const withoutTokens = (value: object): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/plate_[\w-]{43}/g, 'plate'));

async function replayUndisturbed(clips: readonly RecordingRef[]): Promise<ReplayResult> {
  const host = await openAgentHost({ dataDir, brokerUrl: broker.url, logger: pino({ level: 'silent' }) });
  const { signal } = new AbortController();
  const quiet = () => undefined;
  try {
    return await replayAll(clips, { host, speed: 'max', signal, onClip: quiet, onProgress: quiet });
  } finally {
    await host.close();
  }
}
