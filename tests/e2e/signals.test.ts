/**
 * A red light and a driver too fast, from what two devices print to the hold: a tracker's frames and a controller's changes
 * are piped into the agents' own programs, over MQTT into a house, and come out of its API.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Counters, InfractionDetail, InfractionPage } from '@wayside/contracts/http';
import type { VerdictPage } from '@wayside/contracts/http-verdicts';
import type { Site } from '@wayside/contracts/site';
import { runWayside, spawnWayside, temporaryFolder, type Running } from '../support/wayside.ts';

const AGENT = fileURLToPath(new URL('../../edge/bin/wayside-edge.js', import.meta.url));
const START_MS = Date.UTC(2026, 10, 2, 8);
const SOON = { timeout: 50_000, interval: 200 };

const site: Site = {
  schema: 'wayside.site.v1',
  id: 'signal-corner',
  name: 'Signal Corner',
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: ['eye-1', 'light-1'],
  crosswalk: [
    [-6, -2],
    [6, -2],
    [6, 2],
    [-6, 2],
  ],
  crossingAxisRadians: 0,
  islands: [],
  approaches: [
    {
      id: 'up',
      headingRadians: Math.PI / 2,
      lanes: [],
      stopLine: [
        [0, -4],
        [3.5, -4],
      ],
      speedLimitMps: 11.11,
      signal: { group: 'up' },
    },
  ],
  attentionMetres: 40,
  positionSigmaMetres: 0.1,
  calibration: { validUntil: '2099-12-31' },
  origin: 'camera',
};

/** Each drives up the road at an even speed, its front at the stop line at that second. */
const CARS = [
  { track: 'runs-red', plateText: 'RED 001', lineSecond: 12, speedMps: 9 },
  { track: 'on-green', plateText: 'GRN 002', lineSecond: 32, speedMps: 9 },
  { track: 'speeds', plateText: 'FST 003', lineSecond: 40, speedMps: 16 },
  { track: 'unseen', plateText: 'GAP 004', lineSecond: 62, speedMps: 9 },
];
const LENGTH_METRES = 4.6;

function frames(): string {
  return Array.from({ length: 750 }, (_, i) => {
    const second = i / 10;
    const objects = CARS.flatMap(({ track, plateText, lineSecond, speedMps }) => {
      const yMetres = -4 - LENGTH_METRES / 2 + speedMps * (second - lineSecond);
      if (Math.abs(yMetres) > 50) return [];
      return [
        {
          track,
          kind: 'car',
          xMetres: 1.75,
          yMetres,
          lengthMetres: LENGTH_METRES,
          widthMetres: 1.8,
          plateText,
        },
      ];
    });
    return JSON.stringify({ timeMs: START_MS + i * 100, objects });
  }).join('\n');
}

/** Red from 10 s to 30 s, then green; nothing is known from 58 s to 66 s. */
const changes = (from: number, to: number, shows: readonly (readonly [number, string])[]): string =>
  [
    ...shows.filter(([second]) => second >= from && second <= to),
    ...Array.from({ length: to - from }, (_, i) => [from + i + 1] as const),
  ]
    .sort((a, b) => a[0] - b[0])
    .map(([second, state]) =>
      JSON.stringify({ timeMs: START_MS + second * 1000, ...(state && { group: 'up', state }) }),
    )
    .join('\n');

function agent(args: readonly string[], input: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [AGENT, ...args, '--json'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stdin.end(`${input}\n`);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })));
}

describe('a signalled crosswalk from its devices to the hold', () => {
  const data = temporaryFolder('signals');
  let house: Running;
  let page = '';

  beforeAll(async () => {
    const args = ['start', '--no-simulate', '--port', '0', '--mqtt-port', '0', '--json'];
    house = spawnWayside([...args, '--data', join(data.path, 'house')]);
    const printed = await house.printed(/\}\s*$/);
    const up = JSON.parse(printed) as { readonly page: string; readonly broker: string };
    page = up.page.replace(/\/$/, '');
    const file = join(data.path, 'site.json');
    writeFileSync(file, JSON.stringify(site));
    const common = (device: string) => {
      const dir = join(data.path, device);
      mkdirSync(dir);
      const clock = ['--clock-error', '20'];
      return ['--site', file, '--device', device, '--broker', up.broker, '--data', dir, ...clock];
    };
    // The camera first, and twice the controller: what it says reaches the judge in time or not at all.
    const light = ['signal', '--recorded', ...common('light-1')];
    expect(
      (
        await agent(
          light,
          changes(0, 58, [
            [0, 'green'],
            [7, 'amber'],
            [10, 'red'],
            [30, 'green'],
          ]),
        )
      ).code,
    ).toBe(0);
    expect((await agent(light, changes(66, 80, [[66, 'green']]))).code).toBe(0);
    expect((await agent(['camera', '--speed', 'max', ...common('eye-1')], frames())).code).toBe(0);
  }, 120_000);
  afterAll(async () => {
    house.child.kill('SIGTERM');
    await house.finished;
    data.remove();
  });

  const get = async <T>(path: string): Promise<T> => (await (await fetch(`${page}${path}`)).json()) as T;
  const infractions = async (rule: string) =>
    (await get<InfractionPage>(`/api/infractions?rule=${rule}`)).items;

  it('holds six points for the red light, with what the signal showed as evidence', async () => {
    await expect.poll(async () => (await infractions('red-light'))[0]?.hold, SOON).toBe('held');
    const found = await infractions('red-light');
    expect(found.map(({ vehicleTrack, points }) => [vehicleTrack, points])).toEqual([['runs-red', 6]]);
    expect(found[0]?.measures.redSeconds).toBeCloseTo(2, 1);
    expect(found[0]?.explanation).toContain('Passed the stop line 2.0 s after red began at 32 km/h');
    const { evidence } = await get<InfractionDetail>(`/api/infractions/${found[0]?.id ?? ''}`);
    expect(evidence.body.signal?.state.slice(-3)).toEqual(['green', 'amber', 'red']);
    expect(evidence.body.messages.some((id) => id.startsWith('light-1/'))).toBe(true);
  });

  it('holds three points for the speed, and says what was deducted', async () => {
    await expect.poll(async () => (await infractions('speeding'))[0]?.hold, SOON).toBe('held');
    const found = await infractions('speeding');
    expect(found.map(({ vehicleTrack, points }) => [vehicleTrack, points])).toEqual([['speeds', 3]]);
    const { speedMps = 0, deductedMps = 0, limitMps = 0 } = found[0]?.measures ?? {};
    expect(speedMps).toBeCloseTo(16, 1);
    expect((speedMps - deductedMps) / limitMps).toBeGreaterThan(1.2);
  });

  it('accuses nobody where the controller was silent, and says so', async () => {
    const { items } = await get<VerdictPage>('/api/verdicts?reason=signal-unknown');
    expect(items.map(({ vehicleTrack, outcome }) => [vehicleTrack, outcome])).toEqual([
      ['unseen', 'undecided'],
    ]);
  });

  it('keeps balanced books, knows the controller as a device, and stands up to a second look', async () => {
    await expect.poll(async () => (await get<Counters>('/api/counters')).judge.waiting, SOON).toBe(0);
    expect((await get<Counters>('/api/counters')).faults).toEqual([]);
    const devices = await get<{ items: { id: string; kind: string }[] }>('/api/devices');
    expect(devices.items.map(({ id, kind }) => `${id} ${kind}`).sort()).toEqual([
      'eye-1 camera',
      'light-1 signal',
    ]);
    house.child.kill('SIGTERM');
    await house.finished;
    const { code, stdout, stderr } = await runWayside(['verify', '--data', join(data.path, 'house')]);
    expect(code, `${stdout}\n${stderr}`).toBe(0);
  }, 90_000);
});
