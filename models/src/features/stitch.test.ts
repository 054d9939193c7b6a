import type { TrackSegment } from '@wayside/contracts/verdict';
import { describe, expect, it } from 'vitest';
import { stitched } from './stitch.ts';

const walks = (track: string, startMs: number, xCm: number, samples = 10): TrackSegment => ({
  track,
  kind: 'pedestrian',
  startMs,
  dtMs: Array.from({ length: samples }, (_, i) => i * 100),
  xCm: Array.from({ length: samples }, (_, i) => xCm + i * 13),
  yCm: Array.from({ length: samples }, () => 0),
});

describe('the pieces of a broken track', () => {
  it('are one where the second begins just after and just where the first ended', () => {
    const [one, ...others] = stitched([walks('b', 1_200, 150), walks('a', 0, 0)]);
    expect(others).toEqual([]);
    expect(one?.track).toBe('a');
    expect(one?.dtMs.at(-1)).toBe(2_100);
    expect(one?.xCm).toHaveLength(20);
  });

  it('stay apart where they overlap in time, or nobody walks so far so fast', () => {
    expect(stitched([walks('a', 0, 0), walks('b', 500, 60)])).toHaveLength(2);
    expect(stitched([walks('a', 0, 0), walks('b', 1_200, 600)])).toHaveLength(2);
    expect(stitched([walks('a', 0, 0), walks('b', 9_000, 130)])).toHaveLength(2);
  });
});
