import { describe, expect, it } from 'vitest';
import { footprintGap } from './footprint-overlap.ts';
import { distanceToPolygon, isWithin, polygonOf } from './polygon.ts';
import { distanceToPolyline } from './polyline.ts';
import { distanceToRectangle, timeToReach, type Rectangle } from './rectangle.ts';

/** 4 m long along +y, 2 m wide, centred on the origin. */
const upright: Rectangle = { x: 0, y: 0, ux: 0, uy: 1, halfLength: 2, halfWidth: 1 };

describe('a rectangle', () => {
  it('is as far from a point beside, before and off its corner as a ruler says', () => {
    expect(distanceToRectangle(upright, 3, 0)).toBeCloseTo(2);
    expect(distanceToRectangle(upright, 0, 5)).toBeCloseTo(3);
    expect(distanceToRectangle(upright, 4, 6)).toBeCloseTo(5); // 3-4-5
    expect(distanceToRectangle(upright, 0.5, 0)).toBeCloseTo(-0.5);
  });

  it('turns with its heading', () => {
    const turned = { ...upright, ux: Math.SQRT1_2, uy: Math.SQRT1_2 };
    expect(distanceToRectangle(turned, 3 * Math.SQRT1_2, 3 * Math.SQRT1_2)).toBeCloseTo(1);
    expect(distanceToRectangle(turned, 3 * Math.SQRT1_2, -3 * Math.SQRT1_2)).toBeCloseTo(2);
  });

  it('is reached by a point on a collision course when the gap is used up', () => {
    expect(timeToReach(upright, { x: 0, y: 8, vx: 0, vy: -2 }, 0)).toBeCloseTo(3);
    expect(timeToReach(upright, { x: 0, y: 8, vx: 0, vy: -2 }, 0.3)).toBeCloseTo(5.7 / 2);
    expect(timeToReach(upright, { x: 5, y: 8, vx: -1, vy: -1.5 }, 0)).toBeCloseTo(4);
  });

  it('is never reached by a point that passes beside it, stands, or goes away', () => {
    expect(timeToReach(upright, { x: 3, y: 8, vx: 0, vy: -2 }, 0.3)).toBeUndefined();
    expect(timeToReach(upright, { x: 3, y: 0, vx: 0, vy: 0 }, 0.3)).toBeUndefined();
    expect(timeToReach(upright, { x: 0, y: 8, vx: 0, vy: 2 }, 0.3)).toBeUndefined();
  });
});

describe('a polygon', () => {
  const square = polygonOf([
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
  ]);
  const lShape = polygonOf([
    [0, 0],
    [6, 0],
    [6, 2],
    [2, 2],
    [2, 6],
    [0, 6],
  ]);

  it('has points inside at a negative distance', () => {
    expect(distanceToPolygon(square, 1, 2)).toBeCloseTo(-1);
    expect(distanceToPolygon(square, 7, 8)).toBeCloseTo(5);
    expect(distanceToPolygon(lShape, 4, 4)).toBeCloseTo(2);
    expect(distanceToPolygon(lShape, 1, 5)).toBeCloseTo(-1);
  });

  it('tells nearness as the exact distance does, also where a circle would tell it faster', () => {
    for (const polygon of [square, lShape])
      for (let x = -6; x <= 12; x += 0.7)
        for (let y = -6; y <= 12; y += 0.7)
          expect(isWithin(polygon, x, y, 3)).toBe(distanceToPolygon(polygon, x, y) <= 3);
  });
});

describe('a footprint and a crosswalk', () => {
  const crosswalk = polygonOf([
    [-5, 10],
    [5, 10],
    [5, 13],
    [-5, 13],
  ]);

  it('are apart by the gap between bumper and paint', () => {
    expect(footprintGap(upright, crosswalk)).toBeCloseTo(8);
    expect(footprintGap({ ...upright, y: 8 }, crosswalk)).toBeCloseTo(0);
  });

  it('overlap by how deep the footprint lies on it, even where it reaches over both sides', () => {
    expect(footprintGap({ ...upright, y: 9 }, crosswalk)).toBeCloseTo(-1);
    expect(footprintGap({ ...upright, y: 11.5, halfLength: 6 }, crosswalk)).toBeLessThan(-1);
  });
});

describe('a polyline', () => {
  it('is as far as its nearest part', () => {
    const line = { xs: [0, 0, 3], ys: [0, 4, 4] };
    expect(distanceToPolyline(line, 2, 1)).toBeCloseTo(2);
    expect(distanceToPolyline(line, 6, 8)).toBeCloseTo(5);
    expect(distanceToPolyline({ xs: [1], ys: [1] }, 4, 5)).toBeCloseTo(5);
  });
});
