import { squareToSegment } from './polygon.ts';

export interface Polyline {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** Distance from a point to a polyline of at least one point, metres. */
export function distanceToPolyline({ xs, ys }: Polyline, x: number, y: number): number {
  let ax = xs[0] as number;
  let ay = ys[0] as number;
  let nearest = (x - ax) ** 2 + (y - ay) ** 2;
  for (let i = 1; i < xs.length; i++) {
    const bx = xs[i] as number;
    const by = ys[i] as number;
    nearest = Math.min(nearest, squareToSegment(x - ax, y - ay, bx - ax, by - ay));
    ax = bx;
    ay = by;
  }
  return Math.sqrt(nearest);
}
