/** An upright box, metres: what is outside it need not be looked at more closely. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

/** So much larger than it need be, that rounding never leaves out what is on its edge. Metres. */
const SLACK = 1e-6;

/** The box that holds all the points. */
export function boxOf(xs: readonly number[], ys: readonly number[]): Box {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < xs.length; i++) {
    left = Math.min(left, xs[i] as number);
    right = Math.max(right, xs[i] as number);
    low = Math.min(low, ys[i] as number);
    high = Math.max(high, ys[i] as number);
  }
  return { left: left - SLACK, right: right + SLACK, low: low - SLACK, high: high + SLACK };
}

/** Whether a point is further than `reach` from the box to some side: then it is further from all in it. */
export const isBeyond = ({ left, right, low, high }: Box, x: number, y: number, reach: number): boolean =>
  x < left - reach || x > right + reach || y < low - reach || y > high + reach;
