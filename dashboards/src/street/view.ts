/** From metres on a site's ground to pixels of a picture and back: turn, scale, centre. */
import { clamp, type Xy } from './geometry.ts';
import type { Ground } from './ground.ts';

export interface View {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerMetre: number;
  /** Added to a world angle; the screen's y runs down, so screen angles run clockwise. */
  readonly turnRadians: number;
  readonly middle: Xy;
}

const SIDEWALK_METRES = 3.4;
const MIN_ROAD_METRES = 34;

/** Shows the whole crossing with its sidewalks and at least some 34 m of road, turned so that it is largest. */
export function fitView(ground: Ground, widthPx: number, heightPx: number): View {
  const level = largest(ground, widthPx, heightPx);
  const upright = largest(ground, heightPx, widthPx);
  const turned = upright > level;
  return {
    widthPx,
    heightPx,
    pxPerMetre: clamp(turned ? upright : level, 2, 60),
    turnRadians: (turned ? Math.PI / 2 : 0) - ground.travelRadians,
    middle: ground.middle,
  };
}

/** @returns the scale at which all fits into so many pixels along and across the road. */
const largest = ({ crossingMetres, depthMetres }: Ground, alongPx: number, acrossPx: number): number =>
  Math.min(
    alongPx / Math.max(MIN_ROAD_METRES, depthMetres + 16),
    acrossPx / (crossingMetres + 2 * SIDEWALK_METRES),
  );

export function toScreen(view: View, [x, y]: Xy): Xy {
  const cos = Math.cos(view.turnRadians);
  const sin = Math.sin(view.turnRadians);
  const dx = x - view.middle[0];
  const dy = y - view.middle[1];
  return [
    view.widthPx / 2 + (dx * cos - dy * sin) * view.pxPerMetre,
    view.heightPx / 2 - (dx * sin + dy * cos) * view.pxPerMetre,
  ];
}

export function toWorld(view: View, [px, py]: Xy): Xy {
  const cos = Math.cos(view.turnRadians);
  const sin = Math.sin(view.turnRadians);
  const u = (px - view.widthPx / 2) / view.pxPerMetre;
  const v = (view.heightPx / 2 - py) / view.pxPerMetre;
  return [view.middle[0] + u * cos + v * sin, view.middle[1] - u * sin + v * cos];
}

/** @returns the clockwise angle, from the screen's +x, of a world direction. */
export const screenAngle = (view: View, worldRadians: number): number => -(worldRadians + view.turnRadians);

/** @returns a round length of about a sixth of the picture for the scale bar, metres. */
export function scaleBarMetres(view: View): number {
  const wanted = view.widthPx / view.pxPerMetre / 6;
  return [1, 2, 5, 10, 20, 50].findLast((metres) => metres <= wanted) ?? 1;
}

export function isInside(view: View, point: Xy): boolean {
  const [x, y] = toScreen(view, point);
  return x >= 0 && y >= 0 && x <= view.widthPx && y <= view.heightPx;
}
