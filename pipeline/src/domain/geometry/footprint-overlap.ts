import { distanceToPolygon, type Polygon } from './polygon.ts';
import type { Rectangle } from './rectangle.ts';

/** A footprint is probed along both sides no more than this far apart, so nothing wider slips between two probes. */
const PROBE_STEP_METRES = 1;

/**
 * Signed gap between a footprint and a polygon: negative where they overlap, then by how deep the deepest probe of
 * the footprint's outline lies in the polygon. Continuous as the footprint moves, so its zero can be interpolated.
 */
export function footprintGap(footprint: Rectangle, polygon: Polygon): number {
  const { x, y, ux, uy, halfLength, halfWidth } = footprint;
  const steps = Math.max(1, Math.ceil((2 * halfLength) / PROBE_STEP_METRES));
  let gap = Infinity;
  for (let i = 0; i <= steps; i++) {
    const along = -halfLength + (2 * halfLength * i) / steps;
    const cx = x + along * ux;
    const cy = y + along * uy;
    gap = Math.min(gap, distanceToPolygon(polygon, cx - halfWidth * uy, cy + halfWidth * ux));
    gap = Math.min(gap, distanceToPolygon(polygon, cx + halfWidth * uy, cy - halfWidth * ux));
  }
  return gap;
}
