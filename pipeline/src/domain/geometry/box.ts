/** A box that lies along a direction, metres: what is outside it need not be looked at more closely. */
export interface Box {
  /** Unit vector along it. */
  readonly ux: number;
  readonly uy: number;
  /** Its ends on that vector, and its sides on the one to the left of it. */
  readonly rear: number;
  readonly front: number;
  readonly right: number;
  readonly left: number;
}

/** So much larger than it need be, that rounding never leaves out what is on its edge. Metres. */
export const BOX_SLACK = 1e-6;

/** Whether a point is further than `reach` from the box to some side: then it is further from all in it. */
export function isBeyond(
  { ux, uy, rear, front, right, left }: Box,
  x: number,
  y: number,
  reach: number,
): boolean {
  const along = x * ux + y * uy;
  const across = y * ux - x * uy;
  return along < rear - reach || along > front + reach || across < right - reach || across > left + reach;
}
