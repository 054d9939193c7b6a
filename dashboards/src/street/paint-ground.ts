/** Paints what does not move: road, lanes, crosswalk, islands, stop lines, and the scale. */
import type { Ground, Strip } from './ground.ts';
import type { Xy } from './geometry.ts';
import type { Palette } from './palette.ts';
import { scaleBarMetres, screenAngle, toScreen, type View } from './view.ts';

type Ink = CanvasRenderingContext2D;

export function paintGround(ink: Ink, ground: Ground, view: View, palette: Palette): void {
  ink.fillStyle = palette.ground;
  ink.fillRect(0, 0, view.widthPx, view.heightPx);
  for (const road of ground.roads) paintStrip(ink, view, road, palette.kerb, 0.36);
  for (const road of ground.roads) paintStrip(ink, view, road, palette.asphalt, 0);
  paintLanes(ink, ground, view, palette);
  paintCrosswalk(ink, ground, view, palette);
  for (const island of ground.islands) paintIsland(ink, island, view, palette);
  for (const [from, to] of ground.stopLines)
    paintLine(ink, view, [from, to], { colour: palette.paint, metres: 0.4 });
  paintScale(ink, view, palette);
}

function trace(ink: Ink, view: View, points: readonly Xy[], close: boolean): void {
  ink.beginPath();
  for (const [i, point] of points.entries()) {
    const [x, y] = toScreen(view, point);
    if (i === 0) ink.moveTo(x, y);
    else ink.lineTo(x, y);
  }
  if (close) ink.closePath();
}

function paintStrip(ink: Ink, view: View, strip: Strip, colour: string, extraMetres: number): void {
  paintLine(ink, view, strip.line, { colour, metres: strip.widthMetres + extraMetres });
}

function paintLine(
  ink: Ink,
  view: View,
  line: readonly Xy[],
  style: { readonly colour: string; readonly metres: number; readonly dash?: readonly [number, number] },
): void {
  ink.save();
  ink.strokeStyle = style.colour;
  ink.lineWidth = Math.max(1, style.metres * view.pxPerMetre);
  ink.lineJoin = 'round';
  if (style.dash) ink.setLineDash(style.dash.map((metres) => metres * view.pxPerMetre));
  trace(ink, view, line, false);
  ink.stroke();
  ink.restore();
}

function paintLanes(ink: Ink, ground: Ground, view: View, palette: Palette): void {
  for (const line of ground.laneLines)
    paintLine(ink, view, line, { colour: palette.lane, metres: 0.12, dash: [2.4, 3.2] });
  for (const { at, headingRadians } of ground.arrows) {
    ink.save();
    ink.translate(...(toScreen(view, at) as [number, number]));
    ink.rotate(screenAngle(view, headingRadians));
    ink.scale(view.pxPerMetre, view.pxPerMetre);
    ink.fillStyle = palette.lane;
    ink.beginPath();
    for (const [x, y] of ARROW) ink.lineTo(x, y);
    ink.fill();
    ink.restore();
  }
}

/** An arrow along +x, metres. */
const ARROW: readonly Xy[] = [
  [-1.6, -0.09],
  [0.5, -0.09],
  [0.5, -0.38],
  [1.7, 0],
  [0.5, 0.38],
  [0.5, 0.09],
  [-1.6, 0.09],
];

function paintCrosswalk(ink: Ink, ground: Ground, view: View, palette: Palette): void {
  ink.save();
  ink.fillStyle = palette.asphalt;
  trace(ink, view, ground.apron, true);
  ink.fill();
  trace(ink, view, ground.crosswalk, true);
  ink.clip();
  ink.fillStyle = palette.paint;
  for (const bar of ground.bars) {
    trace(ink, view, bar, true);
    ink.fill();
  }
  ink.restore();
}

/** Draws a line round the crosswalk where something was just flagged. @param strength 1 when it is new, 0 when it is over. */
export function paintAlarm(ink: Ink, ground: Ground, view: View, palette: Palette, strength: number): void {
  ink.save();
  ink.globalAlpha = Math.max(0, strength);
  ink.strokeStyle = palette.flagged;
  ink.lineWidth = 3;
  trace(ink, view, ground.crosswalk, true);
  ink.stroke();
  ink.restore();
}

function paintIsland(ink: Ink, island: readonly Xy[], view: View, palette: Palette): void {
  ink.save();
  ink.lineJoin = 'round';
  trace(ink, view, island, true);
  ink.strokeStyle = palette.kerb;
  ink.lineWidth = Math.max(2, 0.5 * view.pxPerMetre);
  ink.stroke();
  ink.fillStyle = palette.island;
  ink.strokeStyle = palette.island;
  ink.lineWidth = Math.max(1, 0.2 * view.pxPerMetre);
  ink.stroke();
  ink.fill();
  ink.restore();
}

function paintScale(ink: Ink, view: View, palette: Palette): void {
  const metres = scaleBarMetres(view);
  const [x, y] = [14, view.heightPx - 14];
  const length = metres * view.pxPerMetre;
  ink.save();
  ink.strokeStyle = palette.label;
  ink.fillStyle = palette.label;
  ink.globalAlpha = 0.75;
  ink.lineWidth = 1.5;
  ink.beginPath();
  ink.moveTo(x, y - 4);
  ink.lineTo(x, y);
  ink.lineTo(x + length, y);
  ink.lineTo(x + length, y - 4);
  ink.stroke();
  ink.font = `500 11px ${palette.font}`;
  ink.fillText(`${metres} m`, x + length + 6, y + 1);
  ink.restore();
}
