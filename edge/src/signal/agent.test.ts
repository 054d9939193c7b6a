import { Readable } from 'node:stream';
import type { SignalMessage } from '@wayside/contracts/signal-phases';
import type { Site } from '@wayside/contracts/site';
import { afterEach, describe, expect, it } from 'vitest';
import type { RejectedLine } from '../camera/rejected-file.ts';
import { benchTop, SOON } from '../testing/bench-top.ts';
import type { Arrival } from '../testing/broker.ts';
import { sampleSite, START_MS } from '../testing/samples.ts';
import { runSignal } from './agent.ts';
import { ndjsonChanges } from './ndjson-changes.ts';

const top = benchTop();
afterEach(() => top.clear());

const site: Site = {
  ...sampleSite,
  devices: ['camera-1', 'signal-1'],
  approaches: [
    {
      id: 'west',
      headingRadians: 0,
      lanes: [],
      stopLine: [
        [-4, -4],
        [-4, 0],
      ],
      signal: { group: 'west' },
    },
  ],
};
const line = (dtMs: number, more: object = {}) => JSON.stringify({ timeMs: START_MS + dtMs, ...more });
const shows = (dtMs: number, state: string) => line(dtMs, { group: 'west', state });
const piecesOf = (arrivals: readonly Arrival[]) =>
  arrivals
    .map(({ message }) => message)
    .filter((message): message is SignalMessage => message.type === 'org.wayside.signals.v1');

async function setUp(input: Readable) {
  const broker = await top.broker();
  const rejected: RejectedLine[] = [];
  const uplink = await top.uplink({
    store: await top.store(),
    brokerUrl: broker.url,
    site,
    device: 'signal-1',
    kind: 'signal',
  });
  const onRejected = (bad: RejectedLine) => Promise.resolve(void rejected.push(bad));
  return { broker, uplink, rejected, source: ndjsonChanges({ site, input, onRejected }) };
}

describe('a signal controller that replays a recording', () => {
  it('publishes what its lines cover and nothing more, and rejects what is no change', async () => {
    const lines = [
      shows(0, 'green'),
      shows(700, 'amber'),
      shows(3700, 'red'),
      'no',
      shows(1, 'blue'),
      line(5000),
    ];
    lines.splice(2, 0, line(900, { group: 'elsewhere', state: 'red' }));
    const { broker, uplink, rejected, source } = await setUp(Readable.from([Buffer.from(lines.join('\n'))]));
    const result = await runSignal({ uplink, source, live: false });
    expect(result).toEqual({ changes: 3, pieces: 2, dropped: 0, faults: {}, left: 0 });
    expect(rejected.map(({ reason }) => reason)).toEqual([
      'names a group that no approach of the site has',
      'not JSON',
      'must be {"timeMs"} or {"timeMs","group","state"}',
    ]);
    const [first, second] = piecesOf(broker.arrivals);
    expect(first).toMatchObject({ device: 'signal-1', time: new Date(START_MS).toISOString() });
    expect(first?.data).toMatchObject({
      clock: { state: 'unsynchronised' },
      span: { startMs: START_MS, dtMs: 3700 },
      groups: [{ group: 'west', dtMs: [0, 700], state: ['green', 'amber'] }],
    });
    expect(second?.data.groups).toEqual([{ group: 'west', dtMs: [0], state: ['red'] }]);
    expect(broker.arrivals.at(-1)?.message.data).toMatchObject({ state: 'stopping', kind: 'signal' });
  });
});

describe('a live signal controller', () => {
  it('covers the time in which nothing changes, as far as the settled past', async () => {
    let nowMs = START_MS;
    const input = new Readable({ read: () => undefined });
    const { broker, uplink, source } = await setUp(input);
    const stop = new AbortController();
    const running = runSignal({
      uplink,
      source,
      live: true,
      spanMs: 40,
      settleMs: 1000,
      clock: () => (nowMs += 500),
      clockStatus: () => ({ state: 'synchronised', maxErrorMs: 3 }),
      signal: stop.signal,
    });
    input.push(`${shows(0, 'red')}\n`);
    await expect.poll(() => piecesOf(broker.arrivals).length, SOON).toBeGreaterThan(2);
    stop.abort();
    expect((await running).left).toBe(0);
    const pieces = piecesOf(broker.arrivals);
    for (const [i, { data }] of pieces.entries()) {
      expect(data.groups).toEqual([{ group: 'west', dtMs: [0], state: ['red'] }]);
      const before = pieces[i - 1]?.data.span;
      expect(data.span.startMs).toBe(before ? before.startMs + before.dtMs : START_MS);
    }
    expect(pieces.at(-1)?.data.clock).toEqual({ state: 'synchronised', maxErrorMs: 3 });
  });
});
