/** From metres on a site's ground to pixels of a picture and back: turn so that the road lies along the long side, scale, centre. */
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

/** Shows the whole crossing with its sidewalks and at least some 34 m of road. */
export function fitView(ground: Ground, widthPx: number, heightPx: number): View {
  const upright = heightPx > 1.15 * widthPx;
  const turnRadians = (upright ? Math.PI / 2 : 0) - ground.travelRadians;
  const acrossPx = upright ? widthPx : heightPx;
  const alongPx = upright ? heightPx : widthPx;
  const acrossMetres = ground.crossingMetres + 2 * SIDEWALK_METRES;
  const alongMetres = Math.max(MIN_ROAD_METRES, ground.depthMetres + 16);
  const pxPerMetre = clamp(Math.min(acrossPx / acrossMetres, alongPx / alongMetres), 2, 60);
  return { widthPx, heightPx, pxPerMetre, turnRadians, middle: ground.middle };
}

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
