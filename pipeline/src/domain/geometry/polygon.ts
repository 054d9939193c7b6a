/** A simple polygon as flat columns, prepared once a site, for the distances a judge asks for thousands of times. */
export interface Polygon {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly centreX: number;
  readonly centreY: number;
  /** Distance from the centre to the farthest vertex, metres. */
  readonly radius: number;
  /** The centre is inside: it is then never nearer to the polygon's outside than a point's distance to it. */
  readonly holdsCentre: boolean;
}

export function polygonOf(points: readonly (readonly [number, number])[]): Polygon {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const centreX = mean(xs);
  const centreY = mean(ys);
  const radius = Math.max(...points.map(([x, y]) => Math.hypot(x - centreX, y - centreY)));
  const bare = { xs, ys, centreX, centreY, radius, holdsCentre: false };
  return { ...bare, holdsCentre: distanceToPolygon(bare, centreX, centreY) < 0 };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Signed distance from a point to the polygon's edge: negative inside (even-odd rule). */
export function distanceToPolygon(polygon: Polygon, x: number, y: number): number {
  const { xs, ys } = polygon;
  const count = xs.length;
  let nearest = Infinity;
  let inside = false;
  let ax = xs[count - 1] as number;
  let ay = ys[count - 1] as number;
  for (let i = 0; i < count; i++) {
    const bx = xs[i] as number;
    const by = ys[i] as number;
    nearest = Math.min(nearest, squareToSegment(x - ax, y - ay, bx - ax, by - ay));
    if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
    ax = bx;
    ay = by;
  }
  return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
}

/** Square of the distance from (px, py) to the segment from the origin to (sx, sy). */
export function squareToSegment(px: number, py: number, sx: number, sy: number): number {
  const square = sx * sx + sy * sy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * sx + py * sy) / square));
  const dx = px - along * sx;
  const dy = py - along * sy;
  return dx * dx + dy * dy;
}

/** Whether a point is within `reach` of the polygon; most points are told by the bounding circle alone. */
export function isWithin(polygon: Polygon, x: number, y: number, reach: number): boolean {
  const dx = x - polygon.centreX;
  const dy = y - polygon.centreY;
  const square = dx * dx + dy * dy;
  if (polygon.holdsCentre && square <= reach * reach) return true;
  if (square > (reach + polygon.radius) ** 2) return false;
  return distanceToPolygon(polygon, x, y) <= reach;
}
