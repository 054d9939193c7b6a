import { deflateRawSync } from 'node:zlib';
import type { TrackSegment } from '@wayside/contracts/verdict';
import fc from 'fast-check';
import Pbf from 'pbf';
import { describe, expect, it } from 'vitest';
import { packTracks, unpackTracks } from './packed-tracks.ts';

const integer = (most: number) => fc.integer({ min: -most, max: most });

const segments = fc.array(
  fc.integer({ min: 1, max: 40 }).chain((count) => {
    const column = fc.array(integer(2 ** 31), { minLength: count, maxLength: count });
    return fc.record(
      {
        track: fc.string(),
        kind: fc.constantFrom('car' as const, 'pedestrian' as const, 'bus' as const),
        startMs: fc.integer({ min: 0, max: 8.64e15 }),
        dtMs: column,
        xCm: column,
        yCm: column,
        headingMrad: column,
        speedCmps: column,
        lengthCm: integer(5_000),
        widthCm: integer(500),
      },
      { requiredKeys: ['track', 'kind', 'startMs', 'dtMs', 'xCm', 'yCm'] },
    );
  }),
);

describe('packed paths', () => {
  it('are what they were', () => {
    fc.assert(
      fc.property(segments, (tracks) => {
        expect(unpackTracks(packTracks(tracks))).toEqual(tracks);
      }),
    );
  });

  it('hold the very bytes that pbf writes of a column of differences', () => {
    const steps = fc.array(fc.integer({ min: -(2 ** 22), max: 2 ** 22 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, (dtMs) => {
        const pbf = new Pbf();
        pbf.writePackedSVarint(
          4,
          dtMs.map((ms, i) => ms - (dtMs[i - 1] ?? 0)),
        );
        const track = { track: '', kind: 'car' as const, startMs: 0, dtMs, xCm: [], yCm: [] };
        expect(packTracks([track]).includes(Buffer.from(pbf.finish()))).toBe(true);
      }),
    );
  });

  it('are read as they were kept before, too', () => {
    const [track] = fc.sample(segments, { seed: 1, numRuns: 9 }).flat();
    const before: TrackSegment[] = track ? [track] : [];
    expect(before).toHaveLength(1);
    expect(unpackTracks(deflateRawSync(JSON.stringify(before), { level: 1 }))).toEqual(before);
  });

  it('are refused where something else was kept', () => {
    expect(() => unpackTracks(Buffer.from('nonsense'))).toThrow();
  });
});
