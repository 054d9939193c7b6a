export interface Halves {
  readonly halfLength: number;
  readonly halfWidth: number;
}

/** The footprint of a vehicle: an oriented rectangle on the ground plane. Lengths in metres. */
export interface Rectangle extends Halves {
  readonly x: number;
  readonly y: number;
  /** Unit vector along the length, towards the front. */
  readonly ux: number;
  readonly uy: number;
}

/** Signed distance from a point to the rectangle's edge: negative inside. */
export const distanceToRectangle = (rectangle: Rectangle, x: number, y: number): number =>
  distanceToEdge(rectangle, rectangle.ux, rectangle.uy, x - rectangle.x, y - rectangle.y);

/** The same for a point at (dx, dy) from the centre of a rectangle that points along (ux, uy). */
export function distanceToEdge(
  { halfLength, halfWidth }: Halves,
  ux: number,
  uy: number,
  dx: number,
  dy: number,
): number {
  const along = Math.abs(dx * ux + dy * uy) - halfLength;
  const across = Math.abs(dx * uy - dy * ux) - halfWidth;
  if (along <= 0 || across <= 0) return Math.max(along, across);
  return Math.sqrt(along * along + across * across);
}

/**
 * Time until a point that moves at (vx, vy) relative to the rectangle comes within `margin` of it, at unchanged course
 * and speed; undefined where it never does, 0 where it is there already. The margin squares the corners.
 */
export function timeToReach(
  rectangle: Rectangle,
  point: { readonly x: number; readonly y: number; readonly vx: number; readonly vy: number },
  margin: number,
): number | undefined {
  const { ux, uy, halfLength, halfWidth } = rectangle;
  const dx = point.x - rectangle.x;
  const dy = point.y - rectangle.y;
  const along = slab(dx * ux + dy * uy, point.vx * ux + point.vy * uy, halfLength + margin);
  const across = slab(dx * uy - dy * ux, point.vx * uy - point.vy * ux, halfWidth + margin);
  const from = Math.max(along[0], across[0], 0);
  return from <= Math.min(along[1], across[1]) ? from : undefined;
}

/** When a coordinate that moves at `speed` is within ±half. */
function slab(position: number, speed: number, half: number): readonly [from: number, to: number] {
  if (Math.abs(speed) < 1e-9)
    return Math.abs(position) <= half ? [-Infinity, Infinity] : [Infinity, -Infinity];
  const a = (-half - position) / speed;
  const b = (half - position) / speed;
  return a < b ? [a, b] : [b, a];
}
