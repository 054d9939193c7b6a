import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { Site } from '@wayside/contracts/site';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordingRef } from './recording.ts';
import { listTrackCsv } from './track-csv.ts';

const examples = join(import.meta.dirname, '../../examples');
const { signal } = new AbortController();
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wayside-tracks-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function exampleMap(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(examples, 'track-map.json'), 'utf8')) as Record<string, unknown>;
}

async function listWith(change: Record<string, unknown>, csv: string) {
  const mapFile = join(dir, 'map.json');
  await writeFile(mapFile, JSON.stringify({ ...(await exampleMap()), ...change }));
  await writeFile(join(dir, 'Main Street 7.csv'), csv);
  return listTrackCsv({ dir, mapFile });
}

describe('a mapped track CSV', () => {
  it('is read in the map’s units, as the documented example shows', async () => {
    const listing = await listTrackCsv({ dir: examples, mapFile: join(examples, 'track-map.json') });
    if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
    const recording = await (listing.recordings[0] as RecordingRef).load(signal);
    expect(recording.rejects.count).toBe(0);
    expect(Compile(Site).Check(recording.site)).toBe(true);
    expect(recording.frames[0]).toEqual({
      timeMs: Date.parse('2024-05-06T05:30:00.080Z'),
      objects: [
        {
          track: '17',
          kind: 'car',
          xMetres: -24,
          yMetres: -1.75,
          headingRadians: 0,
          speedMps: 7.5,
          plateText: 'B-WS 1701',
        },
        {
          track: '18',
          kind: 'pedestrian',
          xMetres: 0,
          yMetres: -3,
          headingRadians: Math.PI / 2,
          speedMps: 1.25,
        },
      ],
    });
  });

  it('turns y and headings over where the y axis points down', async () => {
    const csv = 'object;frame;type;x_cm;y_cm;heading_deg;speed_kmh;plate\n1;1;Car;0;100;90;;\n';
    const listing = await listWith({ yAxis: 'down' }, csv);
    if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
    const { clip, frames } = await (listing.recordings[0] as RecordingRef).load(signal);
    expect(clip).toBe('main-street-7');
    expect(frames[0]?.objects[0]).toEqual({
      track: '1',
      kind: 'car',
      xMetres: 0,
      yMetres: -1,
      headingRadians: -Math.PI / 2,
      plateText: 'recording/main-street-7/1',
    });
  });

  it('rejects rows of unknown kind, bad ids and numbers out of bounds, and keeps the rest', async () => {
    const rows = [
      '1;1;Horse;0;0;0;0;',
      'a b;1;Car;0;0;0;0;',
      '1;1.5;Car;0;0;0;0;',
      '1;1;Car;0;0;0;9999;',
      '1;1;Car;0;0;0;9;',
    ];
    const listing = await listWith(
      {},
      `object;frame;type;x_cm;y_cm;heading_deg;speed_kmh;plate\n${rows.join('\n')}`,
    );
    if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
    const { frames, rejects } = await (listing.recordings[0] as RecordingRef).load(signal);
    expect(frames).toHaveLength(1);
    expect(rejects.rows.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  it('tells all faults of a map at once', async () => {
    const listing = await listWith(
      { yAxis: 'sideways', units: { time: 'weeks', position: 'm' }, columns: {} },
      'a\n',
    );
    expect(listing.kind === 'faults' && listing.faults.length).toBeGreaterThanOrEqual(3);
  });

  it('tells which settings of a map belong together', async () => {
    const map = await exampleMap();
    delete map['framesPerSecond'];
    delete map['kinds'];
    const mapFile = join(dir, 'map.json');
    await writeFile(mapFile, JSON.stringify(map));
    expect(await listTrackCsv({ dir, mapFile })).toEqual({
      kind: 'faults',
      faults: [
        expect.stringContaining('/framesPerSecond') as unknown,
        expect.stringContaining('/kinds') as unknown,
      ],
    });
  });
});
