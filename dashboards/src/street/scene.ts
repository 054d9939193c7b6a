/** The objects of one moment, between two pictures that the house sent. */
import type { LiveEvent } from '@wayside/contracts/http';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { clamp, mix, mixAngle, type Xy } from './geometry.ts';
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
  return before && after ? between(before, after, atMs) : [];
}

function between(before: Snapshot, after: Snapshot, atMs: number): readonly SceneObject[] {
  const gapMs = after.atMs - before.atMs;
  if (gapMs > MAX_GAP_MS) return [...before.objects.values()];
  const share = clamp((atMs - before.atMs) / gapMs, 0, 1);
  const scene: SceneObject[] = [];
  for (const [key, from] of before.objects) {
    const to = after.objects.get(key);
    scene.push(to ? blend(from, to, share) : { ...from, alpha: 1 - share });
  }
  for (const [key, to] of after.objects) if (!before.objects.has(key)) scene.push({ ...to, alpha: share });
  return scene;
}

function blend(from: SceneObject, to: SceneObject, share: number): SceneObject {
  return {
    ...to,
    x: mix(from.x, to.x, share),
    y: mix(from.y, to.y, share),
    heading: blendHeading(from, to, share),
  };
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
