import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { Site } from '@wayside/contracts/site';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listDut } from './dut.ts';
import type { Recording } from './recording.ts';

const real = join(import.meta.dirname, '../../../../shared/data/dut');
const { signal } = new AbortController();
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wayside-dut-'));
  await writeFile(join(dir, 'crosswalks.json'), JSON.stringify([crosswalk('intersection_01')]));
});
afterEach(() => rm(dir, { recursive: true }));

const crosswalk = (clip: string) => ({
  clip,
  frameRate: 23.976,
  crosswalk: [
    [9, 7],
    [22, 7],
    [22, 13],
    [9, 13],
  ],
  pedestriansWalkAlong: 'x',
  vehiclesDriveAlong: 'y',
});

const PED = 'id,frame,label,x_est,y_est,vx_est,vy_est';
const VEH = 'id,frame,label,x_est,y_est,psi_est,vel_est';

async function writeClip(clip: string, ped: readonly string[], veh: readonly string[]): Promise<void> {
  await writeFile(join(dir, `${clip}_ped.csv`), [PED, ...ped, ''].join('\n'));
  await writeFile(join(dir, `${clip}_veh.csv`), [VEH, ...veh, ''].join('\r\n'));
}

const list = (clips?: readonly string[]) =>
  listDut({ dir, crosswalksFile: join(dir, 'crosswalks.json'), ...(clips && { clips }) });

async function loadFirst(): Promise<Recording> {
  const listing = await list();
  if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
  return (listing.recordings[0] as (typeof listing.recordings)[0]).load(signal);
}

describe('a DUT clip', () => {
  it('becomes frames in order, with the recording’s own ids for vehicles and pedestrians', async () => {
    await writeClip('intersection_01', ['0,3,ped,1,2,0.6,0.8', '0,1,ped,1,2,0,0'], ['0,1,veh,5,6,7,-3']);
    const { frames, rejects, site } = await loadFirst();
    expect(rejects.count).toBe(0);
    expect(frames.map((frame) => frame.objects.length)).toEqual([2, 0, 1]);
    expect(frames[0]?.timeMs).toBe(Date.parse('2017-09-01T01:00:00Z') + 42);
    expect(frames[0]?.objects[0]).toEqual({
      track: '0',
      kind: 'car',
      xMetres: 5,
      yMetres: 6,
      headingRadians: 7 - 2 * Math.PI,
      speedMps: 3,
      lengthMetres: 4.6,
      widthMetres: 1.8,
      plateText: 'recording/intersection_01/0',
    });
    expect(frames[2]?.objects[0]).toMatchObject({ track: '0', kind: 'pedestrian', speedMps: 1 });
    expect(site).toMatchObject({ id: 'intersection_01', devices: ['cam-intersection-01'] });
    expect(Compile(Site).Check(site)).toBe(true);
  });

  it('leaves out each bad row, saying where and why, and goes on', async () => {
    const bad = [
      '0,x,ped,1,2,0,0',
      '0,2,ped,1,2,0',
      '0,3,ped,NaN,2,0,0',
      '0,4,ped,1e9,2,0,0',
      '0,1,ped,9,9,0,0',
    ];
    await writeClip('intersection_01', ['0,1,ped,1,2,0,0', ...bad, '"0,7,ped', '0,8,ped,1,2,0,0'], []);
    const { frames, rejects } = await loadFirst();
    expect(frames).toHaveLength(8);
    expect(rejects.count).toBe(6);
    expect(rejects.rows.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(rejects.rows[0]).toEqual({
      file: 'intersection_01_ped.csv',
      line: 3,
      reason: expect.stringContaining('frame "x"') as unknown,
    });
  });

  it('has a hash that changes with any byte of it and with nothing else', async () => {
    await writeClip('intersection_01', ['0,1,ped,1,2,0,0'], []);
    const first = (await loadFirst()).contentHash;
    expect((await loadFirst()).contentHash).toBe(first);
    await writeClip('intersection_01', ['0,1,ped,1,2,0,0.1'], []);
    expect((await loadFirst()).contentHash).not.toBe(first);
  });

  it('is refused with its header named where the header is another', async () => {
    await writeClip('intersection_01', [], []);
    await writeFile(join(dir, 'intersection_01_veh.csv'), 'a,b\n1,2\n');
    await expect(loadFirst()).rejects.toMatchObject({ code: 'bad-header' });
  });
});

describe('a DUT folder', () => {
  it('tells all that is missing at once', async () => {
    await writeClip('intersection_09', [], []);
    expect(await list(['intersection_09', 'nowhere'])).toEqual({
      kind: 'faults',
      faults: [
        expect.stringContaining('no crosswalk for clip "intersection_09"') as unknown,
        expect.stringContaining('no clip "nowhere"') as unknown,
      ],
    });
  });

  it('tells every fault of the crosswalks file', async () => {
    const entry = { ...crosswalk('a'), frameRate: 0, vehiclesDriveAlong: 'z' };
    await writeFile(join(dir, 'crosswalks.json'), JSON.stringify([entry]));
    const listing = await list();
    expect(listing.kind === 'faults' && listing.faults.length).toBeGreaterThanOrEqual(2);
  });

  it.skipIf(!existsSync(real))('of the real ten clips is read whole, without a rejected row', async () => {
    const listing = await listDut({ dir: real, crosswalksFile: join(real, 'crosswalks.json') });
    if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
    let observations = 0;
    let rejected = 0;
    for (const ref of listing.recordings) {
      const { frames, rejects } = await ref.load(signal);
      observations += frames.reduce((sum, frame) => sum + frame.objects.length, 0);
      rejected += rejects.count;
    }
    expect({ clips: listing.recordings.length, observations, rejected }).toEqual({
      clips: 10,
      observations: 99_835,
      rejected: 0,
    });
  });
});
