/** Paints one moment of a replay: the ground, the two paths that matter, where they cross, and who was where. */
import type { Ground } from '../street/ground.ts';
import type { Xy } from '../street/geometry.ts';
import type { Palette } from '../street/palette.ts';
import { paintLabel, paintObject } from '../street/paint-objects.ts';
import { toScreen, type View } from '../street/view.ts';
import type { Conflict } from './conflict.ts';
import { objectAt, pathFrom, pathUntil, type Recording, type ReplayTrack } from './recording.ts';

type Ink = CanvasRenderingContext2D;

export interface Scene {
  readonly recording: Recording;
  readonly ground: Ground;
  readonly conflict: Conflict | undefined;
  /** As measured by the judge, in words; absent where it was not measurable. */
  readonly pet: string | undefined;
}

export function paintReplay(ink: Ink, scene: Scene, view: View, palette: Palette, atMs: number): void {
  const { recording, conflict } = scene;
  for (const track of inOrder(recording)) {
    const matters = track === recording.vehicle || track === recording.decisive;
    paintPaths(ink, track, { colour: colourOf(track, recording, palette), matters }, view, atMs);
  }
  if (recording.vehicle) paintGhosts(ink, recording, recording.vehicle, view, palette);
  if (conflict) paintCross(ink, conflict.at, view, palette);
  for (const track of inOrder(recording)) paintTrack(ink, track, recording, { view, palette, atMs });
  if (
    conflict &&
    scene.pet !== undefined &&
    atMs >= Math.min(conflict.vehicle.toMs, conflict.pedestrian.toMs)
  )
    paintLabel(ink, scene.pet, conflict.at, { palette, view, risePx: 16 });
}

const inOrder = ({ tracks, vehicle, decisive }: Recording): readonly ReplayTrack[] => {
  const rank = (track: ReplayTrack) =>
    Number(track === vehicle) + 2 * Number(track.kind === 'pedestrian') + 4 * Number(track === decisive);
  return [...tracks].sort((a, b) => rank(a) - rank(b));
};

function paintTrack(
  ink: Ink,
  track: ReplayTrack,
  { vehicle, decisive }: Recording,
  at: { readonly view: View; readonly palette: Palette; readonly atMs: number },
): void {
  const object = objectAt(track, at.atMs);
  if (!object) return;
  const role = track === vehicle ? 'flagged' : track === decisive ? 'decisive' : 'faint';
  paintObject(ink, object, { ...at, role });
}

function colourOf(track: ReplayTrack, { vehicle }: Recording, palette: Palette): string {
  if (track === vehicle) return palette.flagged;
  return track.kind === 'pedestrian' ? palette.pedestrian : palette.vehicle;
}

/** What was gone is a full line, what is to come a dotted one; of those in no question only the way gone, faintly. */
function paintPaths(
  ink: Ink,
  track: ReplayTrack,
  style: { readonly colour: string; readonly matters: boolean },
  view: View,
  atMs: number,
): void {
  ink.save();
  ink.strokeStyle = style.colour;
  ink.lineCap = 'round';
  ink.lineJoin = 'round';
  ink.lineWidth = track.kind === 'pedestrian' ? 2 : 2.5;
  ink.globalAlpha = style.matters ? 0.75 : 0.3;
  line(ink, view, pathUntil(track, atMs));
  if (style.matters) {
    ink.setLineDash([1, 6]);
    ink.globalAlpha = 0.6;
    line(ink, view, pathFrom(track, atMs));
  }
  ink.restore();
}

function line(ink: Ink, view: View, points: readonly Xy[]): void {
  ink.beginPath();
  for (const point of points) ink.lineTo(...(toScreen(view, point) as [number, number]));
  ink.stroke();
}

/** The vehicle's outline at each key moment, so that all three can be seen at once. */
function paintGhosts(
  ink: Ink,
  { moments }: Recording,
  vehicle: ReplayTrack,
  view: View,
  palette: Palette,
): void {
  for (const [i, atMs] of [moments.approachMs, moments.entryMs, moments.exitMs].entries()) {
    const object = atMs === undefined ? undefined : objectAt(vehicle, atMs);
    if (!object) continue;
    const [x, y] = toScreen(view, [object.x, object.y]);
    ink.save();
    ink.translate(x, y);
    ink.save();
    ink.rotate(-((object.heading ?? 0) + view.turnRadians));
    const [length, width] = [object.length * view.pxPerMetre, object.width * view.pxPerMetre];
    ink.beginPath();
    ink.roundRect(-length / 2, -width / 2, length, width, width * 0.3);
    ink.strokeStyle = palette.flagged;
    ink.globalAlpha = 0.8;
    ink.lineWidth = 1.25;
    ink.setLineDash([4, 3]);
    ink.stroke();
    ink.restore();
    paintNumber(ink, i + 1, palette);
    ink.restore();
  }
}

function paintNumber(ink: Ink, n: number, palette: Palette): void {
  ink.font = `600 12px ${palette.font}`;
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.fillStyle = palette.labelGround;
  ink.beginPath();
  ink.arc(0, 0, 9, 0, 2 * Math.PI);
  ink.fill();
  ink.fillStyle = palette.label;
  ink.fillText(String(n), 0, 0.5);
}

function paintCross(ink: Ink, at: Xy, view: View, palette: Palette): void {
  const [x, y] = toScreen(view, at);
  ink.save();
  ink.translate(x, y);
  for (const [colour, width] of [
    [palette.labelGround, 5],
    [palette.label, 2],
  ] as const) {
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.beginPath();
    ink.moveTo(-5, -5);
    ink.lineTo(5, 5);
    ink.moveTo(5, -5);
    ink.lineTo(-5, 5);
    ink.stroke();
  }
  ink.restore();
}
