/** The objects of one moment, between two pictures that the house sent. */
import type { LiveEvent } from '@wayside/contracts/http';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { clamp, mixAngle, type Xy } from './geometry.ts';
import { isKind, usualSize } from './sizes.ts';

export type StreetEvent = Extract<LiveEvent, { kind: 'street' }>;

export interface SceneObject {
  /** Unique in a scene: a track id is unique within vehicles or within pedestrians only. */
  readonly key: string;
  readonly track: string;
  readonly kind: ObjectKind;
  readonly x: number;
  readonly y: number;
  readonly heading: number | undefined;
  readonly length: number;
  readonly width: number;
  /** 0 to 1: objects fade in and out where the camera finds and loses them. */
  readonly alpha: number;
}

export interface Snapshot {
  readonly atMs: number;
  readonly objects: ReadonlyMap<string, SceneObject>;
}

/** Beyond this gap nothing is known of what happened between two pictures. */
const MAX_GAP_MS = 2_500;

export const objectKey = (kind: ObjectKind, track: string): string =>
  `${kind === 'pedestrian' ? 'pedestrian' : 'vehicle'}/${track}`;

export function snapshotOf(event: StreetEvent): Snapshot {
  const objects = new Map<string, SceneObject>();
  for (const seen of event.objects) {
    const kind = isKind(seen.kind) ? seen.kind : 'car';
    const usual = usualSize(kind);
    const key = objectKey(kind, seen.track);
    objects.set(key, {
      key,
      track: seen.track,
      kind,
      x: seen.xMetres,
      y: seen.yMetres,
      heading: seen.headingRadians,
      length: seen.lengthMetres ?? usual.length,
      width: seen.widthMetres ?? usual.width,
      alpha: 1,
    });
  }
  return { atMs: Date.parse(event.at), objects };
}

/** @param snapshots oldest first. @returns the scene at that time; after the last picture, the last picture. */
export function sceneAt(snapshots: readonly Snapshot[], atMs: number): readonly SceneObject[] {
  const next = snapshots.findIndex((snapshot) => snapshot.atMs > atMs);
  if (next <= 0) {
    const only = next === 0 ? snapshots[0] : snapshots.at(-1);
    return only ? [...only.objects.values()] : [];
  }
  const [before, after] = [snapshots[next - 1], snapshots[next]];
  return before && after
    ? between({ earlier: snapshots[next - 2], before, after, later: snapshots[next + 1] }, atMs)
    : [];
}

interface Four {
  readonly earlier: Snapshot | undefined;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly later: Snapshot | undefined;
}

function between(four: Four, atMs: number): readonly SceneObject[] {
  const { before, after } = four;
  const gapMs = after.atMs - before.atMs;
  if (gapMs > MAX_GAP_MS) return [...before.objects.values()];
  const share = clamp((atMs - before.atMs) / gapMs, 0, 1);
  const scene: SceneObject[] = [];
  for (const [key, from] of before.objects) {
    const to = after.objects.get(key);
    scene.push(to ? blend(four, from, to, share) : { ...from, alpha: 1 - share });
  }
  for (const [key, to] of after.objects) if (!before.objects.has(key)) scene.push({ ...to, alpha: share });
  return scene;
}

/** A cubic through both positions with the speeds of the pictures around them, so that braking and turning show no kinks. */
function blend(four: Four, from: SceneObject, to: SceneObject, share: number): SceneObject {
  const { earlier, before, after, later } = four;
  const gapMs = after.atMs - before.atMs;
  const was = near(earlier, before) ? earlier?.objects.get(from.key) : undefined;
  const will = near(after, later) ? later?.objects.get(from.key) : undefined;
  const wasMs = was && earlier ? earlier.atMs : before.atMs;
  const willMs = will && later ? later.atMs : after.atMs;
  const along = (axis: 'x' | 'y') => {
    const startSlope = ((to[axis] - (was ?? from)[axis]) / (after.atMs - wasMs)) * gapMs;
    const endSlope = (((will ?? to)[axis] - from[axis]) / (willMs - before.atMs)) * gapMs;
    return cubic(from[axis], to[axis], startSlope, endSlope, share);
  };
  return { ...to, x: along('x'), y: along('y'), heading: blendHeading(from, to, share) };
}

const near = (a: Snapshot | undefined, b: Snapshot | undefined): boolean =>
  a !== undefined && b !== undefined && b.atMs - a.atMs <= MAX_GAP_MS;

/** Cubic Hermite spline on [0, 1]; the slopes are per that whole interval. */
function cubic(from: number, to: number, startSlope: number, endSlope: number, t: number): number {
  const [t2, t3] = [t * t, t * t * t];
  return (
    (2 * t3 - 3 * t2 + 1) * from +
    (t3 - 2 * t2 + t) * startSlope +
    (3 * t2 - 2 * t3) * to +
    (t3 - t2) * endSlope
  );
}

function blendHeading(from: SceneObject, to: SceneObject, share: number): number | undefined {
  if (from.heading !== undefined && to.heading !== undefined)
    return mixAngle(from.heading, to.heading, share);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return Math.hypot(dx, dy) > 0.05 ? Math.atan2(dy, dx) : (to.heading ?? from.heading);
}

/** @returns where the object was over the last `spanMs`, oldest first, ending where it is now. */
export function trailOf(
  snapshots: readonly Snapshot[],
  object: SceneObject,
  atMs: number,
  spanMs: number,
): readonly Xy[] {
  const trail: Xy[] = [];
  for (const { atMs: at, objects } of snapshots) {
    const was = at > atMs - spanMs && at < atMs ? objects.get(object.key) : undefined;
    if (was) trail.push([was.x, was.y]);
  }
  return [...trail, [object.x, object.y]];
}
