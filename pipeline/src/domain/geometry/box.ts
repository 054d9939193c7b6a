import type { Rectangle } from './rectangle.ts';

/** An upright box, metres: what is outside it need not be looked at more closely. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

/** So much larger than it need be, that rounding never leaves out what is on its edge. Metres. */
const SLACK = 1e-6;

export function boxOf(xs: readonly number[], ys: readonly number[]): Box {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [xs[i] as number, ys[i] as number];
    left = Math.min(left, x);
    right = Math.max(right, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  return { left: left - SLACK, right: right + SLACK, low: low - SLACK, high: high + SLACK };
}

export function boxOfRectangles(rectangles: readonly Rectangle[]): Box {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y, ux, uy, halfLength, halfWidth } of rectangles) {
    const across = Math.abs(ux) * halfLength + Math.abs(uy) * halfWidth;
    const along = Math.abs(uy) * halfLength + Math.abs(ux) * halfWidth;
    left = Math.min(left, x - across);
    right = Math.max(right, x + across);
    low = Math.min(low, y - along);
    high = Math.max(high, y + along);
  }
  return { left: left - SLACK, right: right + SLACK, low: low - SLACK, high: high + SLACK };
}

/** Whether a point is further than `reach` from the box to some side: then it is further from all in it. */
export const isBeyond = ({ left, right, low, high }: Box, x: number, y: number, reach: number): boolean =>
  x < left - reach || x > right + reach || y < low - reach || y > high + reach;
