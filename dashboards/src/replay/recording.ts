/** The kept paths of one encounter as a recording: from centimetre columns to where everything was at a moment. */
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { KeyMoments, TrackSegment } from '@wayside/contracts/verdict';
import { mix, mixAngle, type Xy } from '../street/geometry.ts';
import { objectKey, type SceneObject } from '../street/scene.ts';
import { usualSize } from '../street/sizes.ts';

export interface ReplayTrack {
  readonly key: string;
  readonly track: string;
  readonly kind: ObjectKind;
  readonly length: number;
  readonly width: number;
  readonly points: readonly ReplayPoint[];
}

export interface ReplayPoint {
  readonly atMs: number;
  readonly x: number;
  readonly y: number;
  readonly heading: number | undefined;
  readonly speedMps: number;
}

export interface Recording {
  readonly tracks: readonly ReplayTrack[];
  readonly startMs: number;
  readonly endMs: number;
  /** Every moment a picture was taken, in order. */
  readonly frames: readonly number[];
  readonly moments: KeyMoments;
  readonly vehicle: ReplayTrack | undefined;
  readonly decisive: ReplayTrack | undefined;
}

/** @returns undefined where no paths were kept, as for a report from a train. */
export function readRecording(body: EvidenceBody): Recording | undefined {
  if (body.verdict.kind !== 'encounter') return undefined;
  const tracks = body.tracks.map(readTrack).filter(({ points }) => points.length > 0);
  const frames = [...new Set(tracks.flatMap(({ points }) => points.map(({ atMs }) => atMs)))].sort(
    (a, b) => a - b,
  );
  const [startMs, endMs] = [frames[0], frames.at(-1)];
  if (startMs === undefined || endMs === undefined || startMs === endMs) return undefined;
  const vehicleKey = objectKey('car', body.verdict.vehicle.track);
  const decisive = body.finding.pedestrianTracks[0];
  const find = (key: string) => tracks.find((track) => track.key === key);
  return {
    tracks,
    startMs,
    endMs,
    frames,
    moments: body.verdict.moments,
    vehicle: find(vehicleKey),
    decisive: decisive === undefined ? undefined : find(objectKey('pedestrian', decisive)),
  };
}

function readTrack(segment: TrackSegment): ReplayTrack {
  const usual = usualSize(segment.kind);
  return {
    key: objectKey(segment.kind, segment.track),
    track: segment.track,
    kind: segment.kind,
    length: segment.lengthCm === undefined ? usual.length : segment.lengthCm / 100,
    width: segment.widthCm === undefined ? usual.width : segment.widthCm / 100,
    points: segment.dtMs.map((dt, i) => pointOf(segment, dt, i)),
  };
}

function pointOf(segment: TrackSegment, dtMs: number, i: number): ReplayPoint {
  const heading = segment.headingMrad?.[i];
  const speed = segment.speedCmps?.[i];
  return {
    atMs: segment.startMs + dtMs,
    x: (segment.xCm[i] ?? 0) / 100,
    y: (segment.yCm[i] ?? 0) / 100,
    heading: heading === undefined ? movedTowards(segment, i) : heading / 1000,
    speedMps: speed === undefined ? movedAt(segment, i) : speed / 100,
  };
}

/** The columns around `i`: what lies between two pictures either side of it. */
function step(segment: TrackSegment, i: number) {
  const [from, to] = [Math.max(0, i - 2), Math.min(segment.dtMs.length - 1, i + 2)];
  return {
    dx: ((segment.xCm[to] ?? 0) - (segment.xCm[from] ?? 0)) / 100,
    dy: ((segment.yCm[to] ?? 0) - (segment.yCm[from] ?? 0)) / 100,
    dt: ((segment.dtMs[to] ?? 0) - (segment.dtMs[from] ?? 0)) / 1000,
  };
}

function movedTowards(segment: TrackSegment, i: number): number | undefined {
  const { dx, dy } = step(segment, i);
  return Math.hypot(dx, dy) > 0.05 ? Math.atan2(dy, dx) : undefined;
}

function movedAt(segment: TrackSegment, i: number): number {
  const { dx, dy, dt } = step(segment, i);
  return dt > 0 ? Math.hypot(dx, dy) / dt : 0;
}

/** @returns the object at that moment, or undefined where it was not in the picture. */
export function objectAt(track: ReplayTrack, atMs: number): SceneObject | undefined {
  const { points, key, kind, length, width } = track;
  const next = firstFrom(points, atMs);
  const after = points[next];
  const before = after?.atMs === atMs ? after : points[next - 1];
  if (!before || !after) return undefined;
  const share = after === before ? 0 : (atMs - before.atMs) / (after.atMs - before.atMs);
  const heading =
    before.heading === undefined || after.heading === undefined
      ? (after.heading ?? before.heading)
      : mixAngle(before.heading, after.heading, share);
  const at = { x: mix(before.x, after.x, share), y: mix(before.y, after.y, share) };
  return { key, track: track.track, kind, length, width, alpha: 1, heading, ...at };
}

/** @returns the index of the first point at or after that moment. */
function firstFrom(points: readonly ReplayPoint[], atMs: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.atMs ?? Infinity) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns the object's path up to that moment, or from it on. */
export function pathUntil(track: ReplayTrack, atMs: number): readonly Xy[] {
  const now = objectAt(track, atMs);
  const past = track.points.filter((point) => point.atMs <= atMs).map(({ x, y }): Xy => [x, y]);
  return now ? [...past, [now.x, now.y]] : past;
}

export function pathFrom(track: ReplayTrack, atMs: number): readonly Xy[] {
  const now = objectAt(track, atMs);
  const rest = track.points.filter((point) => point.atMs > atMs).map(({ x, y }): Xy => [x, y]);
  return now ? [[now.x, now.y], ...rest] : rest;
}
