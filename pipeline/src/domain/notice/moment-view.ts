/** From the ground plane of a site to a picture of it, turned so that the vehicle in question drives upwards. */
import type { Site } from '@wayside/contracts/site';
import type { TrackSegment } from '@wayside/contracts/verdict';

export type Xy = readonly [x: number, y: number];

export interface MomentView {
  readonly widthMetres: number;
  readonly heightMetres: number;
  /** Metres from the upper left corner of the picture. */
  readonly at: (point: Xy) => Xy;
  /** Clockwise from upwards, degrees. */
  readonly turn: (headingRadians: number) => number;
}

const SIDE_METRES = 3;
const AHEAD_METRES = 8;
const MIN_HEIGHT_METRES = 20;
const MAX_HEIGHT_METRES = 34;

/** @param vehicle where it is at the moments that are drawn. */
export function viewOf(site: Site, vehicle: readonly Xy[]): MomentView {
  const travel = travelOf(site, vehicle);
  const right: Xy = [travel[1], -travel[0]];
  const across = site.crosswalk.map((point) => dot(point, right));
  const along = [...site.crosswalk, ...vehicle].map((point) => dot(point, travel));
  const [left, east] = [Math.min(...across) - SIDE_METRES, Math.max(...across) + SIDE_METRES];
  const top = Math.max(...site.crosswalk.map((point) => dot(point, travel))) + AHEAD_METRES;
  const reach = top - Math.min(...along) + SIDE_METRES;
  const height = Math.min(MAX_HEIGHT_METRES, Math.max(MIN_HEIGHT_METRES, reach));
  return {
    widthMetres: east - left,
    heightMetres: height,
    at: (point) => [dot(point, right) - left, top - dot(point, travel)],
    turn: (heading) => {
      const ahead: Xy = [Math.cos(heading), Math.sin(heading)];
      return (Math.atan2(dot(ahead, right), dot(ahead, travel)) * 180) / Math.PI;
    },
  };
}

/** Square to the crossing, in the sense in which the vehicle goes. */
function travelOf({ crossingAxisRadians }: Site, vehicle: readonly Xy[]): Xy {
  const square: Xy = [-Math.sin(crossingAxisRadians), Math.cos(crossingAxisRadians)];
  const [first, last] = [vehicle[0], vehicle.at(-1)];
  if (!first || !last) return square;
  const forwards = dot([last[0] - first[0], last[1] - first[1]], square) >= 0;
  return forwards ? square : [-square[0], -square[1]];
}

const dot = (a: Xy, b: Xy): number => a[0] * b[0] + a[1] * b[1];

export interface Placed {
  readonly at: Xy;
  readonly headingRadians: number | undefined;
  readonly speedMps: number | undefined;
  /** The way it had come. */
  readonly trail: readonly Xy[];
}

/** Where an object was at a moment; undefined where it was not in the picture. */
export function placeAt(segment: TrackSegment, atMs: number): Placed | undefined {
  const times = segment.dtMs.map((dt) => segment.startMs + dt);
  const next = times.findIndex((time) => time >= atMs);
  if (next < 0 || (next === 0 && times[0] !== atMs)) return undefined;
  const before = times[next] === atMs ? next : next - 1;
  const [from, to] = [times[before] ?? atMs, times[next] ?? atMs];
  const share = to === from ? 0 : (atMs - from) / (to - from);
  const [a, b] = [pointOf(segment, before), pointOf(segment, next)];
  const at: Xy = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  const trail = times.slice(0, before + 1).map((_, i) => pointOf(segment, i));
  return {
    at,
    trail: [...trail, at],
    headingRadians: headingAt(segment, next),
    speedMps: speedAt(segment, next),
  };
}

const pointOf = ({ xCm, yCm }: TrackSegment, i: number): Xy => [(xCm[i] ?? 0) / 100, (yCm[i] ?? 0) / 100];

function headingAt(segment: TrackSegment, i: number): number | undefined {
  const measured = segment.headingMrad?.[i];
  if (measured !== undefined) return measured / 1000;
  const { dx, dy } = moved(segment, i);
  return Math.hypot(dx, dy) > 0.1 ? Math.atan2(dy, dx) : undefined;
}

function speedAt(segment: TrackSegment, i: number): number | undefined {
  const measured = segment.speedCmps?.[i];
  if (measured !== undefined) return measured / 100;
  const { dx, dy, seconds } = moved(segment, i);
  return seconds > 0 ? Math.hypot(dx, dy) / seconds : undefined;
}

/** Over the pictures around one; a single step is too short to measure by. */
function moved(segment: TrackSegment, i: number) {
  const [first, last] = [Math.max(0, i - 2), Math.min(segment.dtMs.length - 1, i + 2)];
  const [a, b] = [pointOf(segment, first), pointOf(segment, last)];
  const seconds = ((segment.dtMs[last] ?? 0) - (segment.dtMs[first] ?? 0)) / 1000;
  return { dx: b[0] - a[0], dy: b[1] - a[1], seconds };
}
