import type { TrackSegment } from '@wayside/contracts/verdict';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../numbers/random.ts';
import { untangled } from './untangle.ts';

const SECONDS = 5;
const random = randomFrom(7);

/** Ten frames a second along x, with a tracker's noise of a decimetre. */
const walks = (track: string, fromCm: number, cmPerS: number, yCm: number): TrackSegment => {
  const frames = Array.from({ length: SECONDS * 10 }, (_, i) => i);
  return {
    track,
    kind: 'pedestrian',
    startMs: 1_000,
    dtMs: frames.map((i) => i * 100),
    xCm: frames.map((i) => Math.round(fromCm + (cmPerS * i) / 10 + 10 * random.normal())),
    yCm: frames.map(() => Math.round(yCm + 10 * random.normal())),
  };
};

/** The tracks of two from a frame on, each under the other's name. */
function exchangedAt(frame: number, a: TrackSegment, b: TrackSegment): [TrackSegment, TrackSegment] {
  const splice = (one: readonly number[], other: readonly number[]): number[] => [
    ...one.slice(0, frame),
    ...other.slice(frame),
  ];
  const after = (one: TrackSegment, other: TrackSegment): TrackSegment => ({
    ...one,
    xCm: splice(one.xCm, other.xCm),
    yCm: splice(one.yCm, other.yCm),
  });
  return [after(a, b), after(b, a)];
}

describe('tracks that two people exchanged', () => {
  it('are given back where they walked past each other', () => {
    const [a, b] = [walks('a', 0, 140, 0), walks('b', 700, -140, 60)];
    const { pieces, exchanges } = untangled(exchangedAt(26, a, b));
    expect(exchanges).toBe(1);
    expect(pieces).toEqual([a, b]);
  });

  it('are given back where one waited and the other walked by', () => {
    const [a, b] = [walks('a', 350, 0, 0), walks('b', 0, 140, 70)];
    const { pieces } = untangled(exchangedAt(24, a, b));
    expect(pieces[0]?.xCm.at(-1)).toBeCloseTo(350, -2);
    expect(pieces[1]?.xCm.at(-1)).toBeCloseTo(686, -2);
  });

  it('are left as they are where nobody came near anybody, or nothing was exchanged', () => {
    const apart = [walks('a', 0, 140, 0), walks('b', 700, -140, 300)];
    expect(untangled(apart)).toEqual({ pieces: apart, exchanges: 0 });
    const past = [walks('a', 0, 140, 0), walks('b', 700, -140, 60)];
    expect(untangled(past)).toEqual({ pieces: past, exchanges: 0 });
  });

  it('may be of people who were never seen together', () => {
    const early = walks('a', 0, 140, 0);
    const late = { ...walks('b', 700, -140, 0), startMs: 60_000 };
    expect(untangled([early, late]).exchanges).toBe(0);
    expect(untangled([])).toEqual({ pieces: [], exchanges: 0 });
  });
});
