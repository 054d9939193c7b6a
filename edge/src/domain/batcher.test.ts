import {
  ObservationBatch,
  batchFault,
  countObservations,
  trackKey,
} from '@wayside/contracts/observation-batch';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { createBatcher, type BatcherOptions, type GatheredBatch } from './batcher.ts';
import type { Frame, SeenObject } from './frame.ts';

const START = Date.UTC(2026, 4, 1);
const validator = Compile(ObservationBatch);
const site = { id: 'corner', version: 'a'.repeat(64) };

const plateOf = (text: string) => `plate_${text.padEnd(43, 'x')}`;

function gather(frames: readonly Frame[], options: Partial<BatcherOptions> = {}) {
  const batcher = createBatcher({ batchMs: 1000, plateOf, ...options });
  const batches: GatheredBatch[] = [];
  const faults: string[] = [];
  for (const frame of frames) {
    const added = batcher.add(frame);
    batches.push(...added.batches);
    faults.push(...added.faults);
  }
  const last = batcher.flush();
  return { batches: last ? [...batches, last] : batches, faults };
}

/** The frames that a reader of the batches would see. */
function unfold(batches: readonly GatheredBatch[]): Frame[] {
  const frames = new Map<number, SeenObject[]>();
  for (const { frames: times, objects } of batches) {
    for (const dt of times.dtMs) if (!frames.has(times.startMs + dt)) frames.set(times.startMs + dt, []);
    for (const object of objects)
      for (const [i, frame] of object.frame.entries())
        frames.get(times.startMs + times.dtMs[frame]!)!.push({
          track: object.track,
          kind: object.kind,
          xMetres: object.xCm[i]! / 100,
          yMetres: object.yCm[i]! / 100,
          ...(object.headingMrad && { headingRadians: object.headingMrad[i]! / 1000 }),
          ...(object.speedCmps && { speedMps: object.speedCmps[i]! / 100 }),
          ...(object.plate && { plateText: object.plate }),
        });
  }
  return [...frames].map(([timeMs, objects]) => ({ timeMs, objects }));
}

const metres = fc.double({ min: -999, max: 999, noNaN: true });
const seen: fc.Arbitrary<SeenObject> = fc.record(
  {
    track: fc.stringMatching(/^[A-Za-z0-9_.-]{1,3}$/),
    kind: fc.constantFrom<ObjectKind>('car', 'truck', 'bicycle', 'pedestrian'),
    xMetres: metres,
    yMetres: metres,
    headingRadians: fc.double({ min: -10, max: 10, noNaN: true }),
    speedMps: fc.double({ min: 0, max: 99, noNaN: true }),
    plateText: fc.constantFrom('A', 'B'),
  },
  { requiredKeys: ['track', 'kind', 'xMetres', 'yMetres'] },
);
const frames: fc.Arbitrary<Frame[]> = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 1, max: 700 }),
      objects: fc.uniqueArray(seen, { maxLength: 12, selector: ({ kind, track }) => trackKey(kind, track) }),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    let timeMs = START;
    return steps.map(({ gapMs, objects }) => ({ timeMs: (timeMs += gapMs), objects }));
  });

const byTrack = (frame: Frame) =>
  new Map(frame.objects.map((object) => [trackKey(object.kind, object.track), object]));

const turn = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe('batches', () => {
  it('fit the contract, whatever the tracker says', () => {
    fc.assert(
      fc.property(frames, (given) => {
        for (const batch of gather(given).batches) {
          const whole = { ...batch, site, clock: { state: 'unsynchronised' as const } };
          expect(validator.Check(whole)).toBe(true);
          expect(batchFault(whole)).toBeUndefined();
          expect(batch.frames.dtMs.at(-1)).toBeLessThan(1000);
        }
      }),
    );
  });

  it('lose no frame and no observation, and keep each value to half a unit', () => {
    fc.assert(
      fc.property(frames, (given) => {
        const { batches, faults } = gather(given);
        const back = unfold(batches);
        expect(faults).toEqual([]);
        expect(back.map(({ timeMs }) => timeMs)).toEqual(given.map(({ timeMs }) => timeMs));
        for (const [i, frame] of given.entries()) {
          const after = byTrack(back[i]!);
          expect(after.size).toBe(frame.objects.length);
          for (const [key, was] of byTrack(frame)) {
            const is = after.get(key)!;
            expect(is.kind).toBe(was.kind);
            expect(Math.abs(is.xMetres - was.xMetres)).toBeLessThanOrEqual(0.005 + 1e-9);
            expect(Math.abs(is.yMetres - was.yMetres)).toBeLessThanOrEqual(0.005 + 1e-9);
            expect(is.speedMps === undefined).toBe(was.speedMps === undefined);
            expect(Math.abs((is.speedMps ?? 0) - (was.speedMps ?? 0))).toBeLessThanOrEqual(0.005 + 1e-9);
            expect(is.headingRadians === undefined).toBe(was.headingRadians === undefined);
            expect(turn(is.headingRadians ?? 0, was.headingRadians ?? 0)).toBeLessThanOrEqual(0.0005 + 1e-9);
            if (was.plateText) expect(is.plateText).toBe(plateOf(was.plateText));
          }
        }
      }),
    );
  });

  it('list frames without objects', () => {
    const given = [0, 40, 80].map((dt) => ({ timeMs: START + dt, objects: [] }));
    expect(gather(given).batches).toEqual([{ frames: { startMs: START, dtMs: [0, 40, 80] }, objects: [] }]);
  });
});

const car = (track: string, more: Partial<SeenObject> = {}): SeenObject => ({
  track,
  kind: 'car',
  xMetres: 1,
  yMetres: 2,
  ...more,
});
const at = (dtMs: number, ...objects: SeenObject[]): Frame => ({ timeMs: START + dtMs, objects });

describe('a batch ends', () => {
  const spans = (given: Frame[], options?: Partial<BatcherOptions>) =>
    gather(given, options).batches.map(({ frames: { startMs, dtMs } }) => [startMs - START, dtMs.length]);

  it('when its time is over', () => {
    expect(spans([at(0), at(999), at(1000), at(1500), at(2600)])).toEqual([
      [0, 2],
      [1000, 2],
      [2600, 1],
    ]);
  });

  it('after as many frames as the contract allows', () => {
    const given = Array.from({ length: 1300 }, (_, i) => at(i));
    expect(spans(given, { batchMs: 60_000 }).map(([, frameCount]) => frameCount)).toEqual([600, 600, 100]);
  });

  it('before more objects than the contract allows, and splits a frame that alone has more', () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => car(`t${from + i}`));
    expect(spans([at(0, ...many(0, 300)), at(40, ...many(200, 300)), at(80, ...many(400, 200))])).toEqual([
      [0, 2],
      [80, 1],
    ]);
    const { batches } = gather([at(0, ...many(0, 1201))]);
    expect(batches.map(({ objects }) => objects.length)).toEqual([500, 500, 201]);
    expect(batches.every(({ frames: { startMs } }) => startMs === START)).toBe(true);
  });

  it('before its message passes 200 KiB', () => {
    const widest = (i: number) =>
      car(`${'t'.repeat(36)}${1000 + i}`, {
        kind: 'motorcycle',
        xMetres: -987.65,
        yMetres: -987.65,
        headingRadians: -3.14,
        speedMps: 99.99,
        plateText: 'P',
        emergency: true,
        lengthMetres: 29.99,
        widthMetres: 4.99,
      });
    const given = Array.from({ length: 60 }, (_, i) =>
      at(i, ...Array.from({ length: 400 }, (_, n) => widest(n))),
    );
    const { batches } = gather(given);
    const sizes = batches.map((batch) => JSON.stringify(batch).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200 * 1024);
    expect(Math.max(...sizes)).toBeGreaterThan(150 * 1024);
    const total = batches.reduce(
      (sum, batch) => sum + countObservations({ ...batch, site, clock: { state: 'unsynchronised' } }),
      0,
    );
    expect(total).toBe(60 * 400);
  });

  it('where a plate, a kind or a column changes', () => {
    expect(spans([at(0, car('1')), at(40, car('1', { plateText: 'A' })), at(80, car('1'))])).toEqual([
      [0, 3],
    ]);
    expect(spans([at(0, car('1', { plateText: 'A' })), at(40, car('1', { plateText: 'B' }))])).toHaveLength(
      2,
    );
    expect(spans([at(0, car('1')), at(40, car('1', { kind: 'van' }))])).toHaveLength(2);
    expect(spans([at(0, car('1')), at(40, car('1', { speedMps: 3 }))])).toHaveLength(2);
  });

  it('not where a vehicle and a pedestrian have one number', () => {
    const { batches, faults } = gather([at(0, car('0'), car('0', { kind: 'pedestrian' }))]);
    expect(batches[0]?.objects).toHaveLength(2);
    expect(faults).toEqual([]);
  });
});

describe('what cannot be used is left out and named', () => {
  it.each([
    ['a frame that does not come later', [at(40), at(40)], ['frame-not-later']],
    ['a frame without a time', [{ timeMs: NaN, objects: [] }], ['frame-time-bad']],
    ['a track id outside the contract', [at(0, car('a b'))], ['track-bad']],
    ['a track that stands twice in a frame', [at(0, car('1'), car('1'))], ['track-twice']],
    ['a position off the plane', [at(0, car('1', { xMetres: 1001 }))], ['value-position']],
    ['a position that is none', [at(0, car('1', { yMetres: NaN }))], ['value-position']],
    ['a size that cannot be', [at(0, car('1', { lengthMetres: 0.01 }))], ['value-length']],
    ['a speed that cannot be', [at(0, car('1', { speedMps: 101 }))], ['value-speed']],
    ['a heading that is none', [at(0, car('1', { headingRadians: Infinity }))], ['value-heading']],
  ])('%s', (_, given, expected) => {
    expect(gather(given).faults).toEqual(expected);
  });

  it('but the rest of the observation stays', () => {
    const { batches } = gather([at(0, car('1', { lengthMetres: 0.01, widthMetres: 1.8, speedMps: -1 }))]);
    expect(batches[0]?.objects).toEqual([
      { track: '1', kind: 'car', widthCm: 180, frame: [0], xCm: [100], yCm: [200] },
    ]);
  });

  it('and a clock that was set back starts a batch of its own', () => {
    const { batches, faults } = gather([at(3_600_000), at(0), at(40)]);
    expect(faults).toEqual([]);
    expect(batches.map(({ frames: { startMs } }) => startMs - START)).toEqual([3_600_000, 0]);
  });
});
