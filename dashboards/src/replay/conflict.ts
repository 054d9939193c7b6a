/**
 * Where the vehicle's and the decisive pedestrian's paths cross, and when each was there. It shows what the
 * post-encroachment time means; the time itself is the judge's, from the evidence, and is not computed here.
 */
import { add, distance, scale, subtract, type Xy } from '../street/geometry.ts';
import type { Recording, ReplayPoint, ReplayTrack } from './recording.ts';

export interface Stay {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Conflict {
  readonly at: Xy;
  readonly vehicle: Stay;
  readonly pedestrian: Stay;
}

const BODY_METRES = 0.3;

export function conflictOf({ vehicle, decisive }: Recording): Conflict | undefined {
  if (!vehicle || !decisive) return undefined;
  const meeting = firstMeeting(vehicle.points, decisive.points);
  if (!meeting) return undefined;
  return {
    at: meeting.at,
    vehicle: stay(vehicle, meeting.vehicleMetres, vehicle.length / 2 + BODY_METRES),
    pedestrian: stay(decisive, meeting.pedestrianMetres, vehicle.width / 2 + BODY_METRES),
  };
}

interface Meeting {
  readonly at: Xy;
  readonly vehicleMetres: number;
  readonly pedestrianMetres: number;
}

/** @returns where the two paths cross first along the vehicle's, with how far along each that is. */
function firstMeeting(a: readonly ReplayPoint[], b: readonly ReplayPoint[]): Meeting | undefined {
  let alongA = 0;
  for (let i = 1; i < a.length; i++) {
    const [p, q] = [xy(a[i - 1]), xy(a[i])];
    const met = crossingWith(p, q, b);
    if (met) return { at: met.at, vehicleMetres: alongA + distance(p, met.at), pedestrianMetres: met.along };
    alongA += distance(p, q);
  }
  return undefined;
}

function crossingWith(p: Xy, q: Xy, path: readonly ReplayPoint[]) {
  let along = 0;
  for (let i = 1; i < path.length; i++) {
    const [r, s] = [xy(path[i - 1]), xy(path[i])];
    const at = intersection(p, q, r, s);
    if (at) return { at, along: along + distance(r, at) };
    along += distance(r, s);
  }
  return undefined;
}

const xy = (point: ReplayPoint | undefined): Xy => [point?.x ?? 0, point?.y ?? 0];
const cross = (a: Xy, b: Xy): number => a[0] * b[1] - a[1] * b[0];

function intersection(p: Xy, q: Xy, r: Xy, s: Xy): Xy | undefined {
  const [along, other, between] = [subtract(q, p), subtract(s, r), subtract(r, p)];
  const denominator = cross(along, other);
  if (Math.abs(denominator) < 1e-12) return undefined;
  const t = cross(between, other) / denominator;
  const u = cross(between, along) / denominator;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? add(p, scale(along, t)) : undefined;
}

/** From when the body's front reaches the crossing point to when its back has left it. */
function stay(track: ReplayTrack, atMetres: number, reachMetres: number): Stay {
  return {
    fromMs: timeAt(track.points, atMetres - reachMetres),
    toMs: timeAt(track.points, atMetres + reachMetres),
  };
}

/** @returns when the path had gone that far; its first or last moment where it never did. */
function timeAt(points: readonly ReplayPoint[], metres: number): number {
  let along = 0;
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1], points[i]];
    if (!p || !q) break;
    const length = distance([p.x, p.y], [q.x, q.y]);
    if (along + length >= metres && length > 0) {
      const share = Math.max(0, (metres - along) / length);
      return p.atMs + share * (q.atMs - p.atMs);
    }
    along += length;
  }
  return points.at(-1)?.atMs ?? 0;
}
