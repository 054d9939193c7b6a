import type { TrackSegment } from '@wayside/contracts/verdict';
import { describe, expect, it } from 'vitest';
import { crossing } from '../../testing/case-evidence.ts';
import { drawing, type DrawnObject } from './moment-drawing.ts';
import { viewOf, type Xy } from './moment-view.ts';

const track: TrackSegment = {
  track: '1',
  kind: 'car',
  startMs: 0,
  dtMs: [0],
  xCm: [0],
  yCm: [0],
  lengthCm: 450,
  widthCm: 180,
};

/** The crosswalk begins at x = 0, and traffic goes towards greater x. */
const carAt = (at: Xy): DrawnObject => ({
  track,
  role: 'flagged',
  place: { at, headingRadians: 0, speedMps: 9, trail: [at] },
});
const draw = (...at: readonly Xy[]) => {
  const view = viewOf(crossing, at);
  return at.map((each) => drawing(crossing, view, [carAt(each)]));
};

describe('a picture of a moment', () => {
  it('says how far away a vehicle is that has still to come into it', () => {
    const [approach, entry] = draw([-60, 5], [0, 5]);
    expect(approach).toContain('>60 m<');
    expect(entry).not.toContain('60 m');
  });

  it('points at nothing where the vehicle can be seen', () => {
    for (const svg of draw([-15, 5], [0, 5])) expect(svg).not.toContain('<polygon');
  });
});
