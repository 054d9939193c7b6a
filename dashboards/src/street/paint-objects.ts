/** Paints what moves: vehicles by kind, pedestrians, their trails, and the mark of what was flagged. */
import type { Xy } from './geometry.ts';
import type { Palette } from './palette.ts';
import type { SceneObject } from './scene.ts';
import { screenAngle, toScreen, type View } from './view.ts';

type Ink = CanvasRenderingContext2D;

export interface Look {
  readonly palette: Palette;
  readonly view: View;
  /** flagged: the vehicle in question · decisive: the pedestrian in question · faint: neither, in a replay. */
  readonly role: 'plain' | 'flagged' | 'decisive' | 'faint';
}

const MIN_DOT_PX = 4.5;

export function paintObject(ink: Ink, object: SceneObject, look: Look): void {
  ink.save();
  ink.globalAlpha = object.alpha * (look.role === 'faint' ? 0.55 : 1);
  const [x, y] = toScreen(look.view, [object.x, object.y]);
  ink.translate(x, y);
  if (object.kind === 'pedestrian') paintPedestrian(ink, look);
  else paintVehicle(ink, object, look);
  ink.restore();
}

function paintPedestrian(ink: Ink, { palette, view, role }: Look): void {
  const radius = Math.max(MIN_DOT_PX, 0.36 * view.pxPerMetre);
  if (role === 'decisive') ring(ink, radius + 5, palette);
  ink.beginPath();
  ink.arc(0, 0, radius, 0, 2 * Math.PI);
  ink.fillStyle = palette.pedestrian;
  ink.strokeStyle = palette.outline;
  ink.lineWidth = 2;
  ink.stroke();
  ink.fill();
}

function ring(ink: Ink, radius: number, palette: Palette): void {
  ink.beginPath();
  ink.arc(0, 0, radius, 0, 2 * Math.PI);
  ink.strokeStyle = palette.pedestrian;
  ink.lineWidth = 2;
  ink.stroke();
}

function paintVehicle(ink: Ink, object: SceneObject, look: Look): void {
  const { palette, view, role } = look;
  const cycle = object.kind === 'bicycle' || object.kind === 'motorcycle';
  const length = Math.max(object.length * view.pxPerMetre, 8);
  const width = Math.max(object.width * view.pxPerMetre, 4);
  ink.rotate(screenAngle(view, object.heading ?? 0));
  if (role === 'flagged') halo(ink, length, width, palette);
  ink.fillStyle = role === 'flagged' ? palette.flagged : cycle ? palette.cycle : palette.vehicle;
  box(ink, -length / 2, length, width, cornerOf(object, width));
  ink.strokeStyle = palette.outline;
  ink.lineWidth = 1.5;
  ink.stroke();
  ink.fill();
  if (cycle) rider(ink, width, palette);
  else windows(ink, object, { length, width }, palette);
}

function box(ink: Ink, x: number, length: number, width: number, radius: number): void {
  ink.beginPath();
  ink.roundRect(x, -width / 2, length, width, radius);
}

function cornerOf({ kind }: SceneObject, width: number): number {
  if (kind === 'bus' || kind === 'truck') return width * 0.14;
  return kind === 'car' ? width * 0.32 : kind === 'van' ? width * 0.22 : width * 0.5;
}

function halo(ink: Ink, length: number, width: number, palette: Palette): void {
  box(ink, -length / 2 - 6, length + 12, width + 12, width * 0.4 + 4);
  ink.strokeStyle = palette.flagged;
  ink.lineWidth = 2;
  ink.stroke();
}

function rider(ink: Ink, width: number, palette: Palette): void {
  ink.beginPath();
  ink.arc(0, 0, Math.max(2, width * 0.42), 0, 2 * Math.PI);
  ink.fillStyle = palette.glass;
  ink.fill();
}

/** The wind screen shows which end is the front. */
function windows(
  ink: Ink,
  { kind }: SceneObject,
  size: { readonly length: number; readonly width: number },
  palette: Palette,
): void {
  const { length, width } = size;
  ink.fillStyle = palette.glass;
  if (kind === 'car' || kind === 'van') {
    const back = kind === 'car' ? 0.14 : 0.24;
    pane(ink, length * back, length * (back + 0.13), width * 0.34, width * 0.4);
    if (kind === 'car') pane(ink, -length * 0.34, -length * 0.26, width * 0.36, width * 0.32);
    return;
  }
  pane(ink, length * 0.43, length * 0.475, width * 0.4, width * 0.4);
  if (kind === 'truck') ink.fillRect(length * 0.24, -width / 2, Math.max(1.5, length * 0.02), width);
}

function pane(ink: Ink, from: number, to: number, halfFrom: number, halfTo: number): void {
  ink.beginPath();
  ink.moveTo(from, -halfFrom);
  ink.lineTo(to, -halfTo);
  ink.lineTo(to, halfTo);
  ink.lineTo(from, halfFrom);
  ink.closePath();
  ink.fill();
}

/** A line that fades towards its old end. */
export function paintTrail(
  ink: Ink,
  trail: readonly Xy[],
  view: View,
  style: {
    readonly colour: string;
    readonly widthPx: number;
    readonly alpha: number;
  },
): void {
  ink.save();
  ink.strokeStyle = style.colour;
  ink.lineWidth = style.widthPx;
  for (let i = 1; i < trail.length; i++) {
    const [from, to] = [trail[i - 1], trail[i]];
    if (!from || !to) continue;
    ink.globalAlpha = style.alpha * (i / trail.length);
    ink.beginPath();
    ink.moveTo(...(toScreen(view, from) as [number, number]));
    ink.lineTo(...(toScreen(view, to) as [number, number]));
    ink.stroke();
  }
  ink.restore();
}

/** Words beside a point, on a ground of their own so that they can be read on asphalt. */
export function paintLabel(
  ink: Ink,
  text: string,
  at: Xy,
  look: Pick<Look, 'palette' | 'view'> & { readonly risePx: number },
): void {
  const { palette, view } = look;
  const [x, y] = toScreen(view, at);
  ink.save();
  ink.font = `600 12px ${palette.font}`;
  const width = ink.measureText(text).width + 14;
  const left = Math.min(Math.max(6, x - width / 2), view.widthPx - width - 6);
  const top = Math.min(Math.max(6, y - look.risePx - 22), view.heightPx - 28);
  ink.fillStyle = palette.labelGround;
  ink.beginPath();
  ink.roundRect(left, top, width, 22, 6);
  ink.fill();
  ink.fillStyle = palette.label;
  ink.textBaseline = 'middle';
  ink.fillText(text, left + 7, top + 11.5);
  ink.restore();
}
