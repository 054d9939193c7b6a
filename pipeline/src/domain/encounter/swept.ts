/** All the ground a vehicle's footprint was on, as a box along its way: who is beside it, on a street at any angle, is outside. */
import { BOX_SLACK, type Box } from '../geometry/box.ts';
import type { Halves } from '../geometry/rectangle.ts';
import type { Headings } from './headings.ts';
import type { Positions } from './motion.ts';

export function sweptBox(path: Positions, headings: Headings, { halfLength, halfWidth }: Halves): Box {
  const { ux, uy } = directionOf(path);
  let [rear, front, right, left] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < path.seconds.length; i++) {
    const [x, y] = [path.x[i] as number, path.y[i] as number];
    const [hx, hy] = [headings.ux[i] as number, headings.uy[i] as number];
    const along = x * ux + y * uy;
    const across = y * ux - x * uy;
    const straight = Math.abs(hx * ux + hy * uy);
    const askew = Math.abs(hy * ux - hx * uy);
    const reachAlong = straight * halfLength + askew * halfWidth;
    const reachAcross = askew * halfLength + straight * halfWidth;
    rear = Math.min(rear, along - reachAlong);
    front = Math.max(front, along + reachAlong);
    right = Math.min(right, across - reachAcross);
    left = Math.max(left, across + reachAcross);
  }
  return {
    ux,
    uy,
    rear: rear - BOX_SLACK,
    front: front + BOX_SLACK,
    right: right - BOX_SLACK,
    left: left + BOX_SLACK,
  };
}

/** From the first place to the last; any direction will do for what stands. */
function directionOf({ x, y }: Positions): { readonly ux: number; readonly uy: number } {
  const dx = (x.at(-1) as number) - (x[0] as number);
  const dy = (y.at(-1) as number) - (y[0] as number);
  const metres = Math.hypot(dx, dy);
  return metres === 0 ? { ux: 1, uy: 0 } : { ux: dx / metres, uy: dy / metres };
}
