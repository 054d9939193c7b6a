import { describe, expect, it } from 'vitest';
import type { ObservationMessage } from '@wayside/contracts/observation-batch';
import { eachSight, keepBatch } from './kept-batch.ts';
import { readWindow } from './read-window.ts';
import { batchMessages } from './testing/batches.ts';
import { testSite } from './testing/street.ts';

const START_MS = Date.parse('2026-03-01T00:00:00Z');
const frames = Array.from({ length: 8 }, (_, i) => ({
  timeMs: START_MS + i * 250,
  objects: [
    { track: '7', kind: 'car' as const, x: 1, y: i, headingRadians: 1.5, speedMps: 8 - i, lengthMetres: 4.6 },
    ...(i < 3 ? [{ track: 'bare', kind: 'van' as const, x: 4, y: i }] : []),
    { track: '7', kind: 'pedestrian' as const, x: -i, y: 0.5 },
  ],
}));
const camera = { site: testSite(), device: 'cam', bootId: 'boot' };
const [first, second] = batchMessages(frames, camera, [4]) as [ObservationMessage, ObservationMessage];
const always = { fromMs: 0, toMs: Infinity };

describe('a kept batch', () => {
  it('gives back what was said of each object, a vehicle and a pedestrian of one name apart', () => {
    const kept = [keepBatch(1, first, 0, undefined), keepBatch(2, second, 0, undefined)];
    const { vehicle, pedestrians, frameMs, messageIds } = readWindow(kept, always, '7');
    expect(frameMs).toEqual(frames.map(({ timeMs }) => timeMs));
    expect(messageIds).toEqual([first.id, second.id]);
    expect(vehicle).toMatchObject({
      ms: frameMs,
      yCm: [0, 100, 200, 300, 400, 500, 600, 700],
      headingMrad: new Array(8).fill(1500),
      speedCmps: [800, 700, 600, 500, 400, 300, 200, 100],
      looks: [{ kind: 'car', lengthCm: 460, widthCm: undefined, samples: 8 }],
    });
    expect(pedestrians.get('7')).toMatchObject({ yCm: new Array(8).fill(50), headingMrad: [] });
    expect(readWindow(kept, always, 'bare').vehicle).toMatchObject({ yCm: [0, 100, 200], speedCmps: [] });
  });

  it('gives only the frames of the window', () => {
    const kept = [keepBatch(1, first, 0, undefined), keepBatch(2, second, 0, undefined)];
    const { vehicle, frameMs } = readWindow(kept, { fromMs: START_MS + 500, toMs: START_MS + 1_000 }, '7');
    expect(frameMs).toEqual([500, 750, 1_000].map((ms) => START_MS + ms));
    expect(vehicle?.yCm).toEqual([200, 300, 400]);
  });

  it('leaves out the frames that came late, and who was in no other', () => {
    const kept = keepBatch(1, first, 3, undefined);
    const seen: string[] = [];
    eachSight(kept, ({ kind }, { count }) => seen.push(`${kind} ${count}`));
    expect(seen).toEqual(['car 1', 'pedestrian 1']);
    expect(kept.fromMs).toBe(START_MS + 750);
  });

  it('shares with the one before it how objects look, unless that has changed', () => {
    const before = keepBatch(1, first, 0, undefined);
    const plated = {
      ...second,
      data: {
        ...second.data,
        objects: second.data.objects.map((one) => (one.kind === 'car' ? { ...one, widthCm: 180 } : one)),
      },
    };
    expect(keepBatch(2, second, 0, before).sights[0]).toBe(before.sights[0]);
    expect(keepBatch(2, plated, 0, before).sights[0]).not.toBe(before.sights[0]);
    expect(keepBatch(2, plated, 0, before).sights[1]).toBe(before.sights[2]);
  });
});
