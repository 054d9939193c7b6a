/** A track in the local frame, evenly sampled, so that every window has the same rate whatever the camera's was. */
import type { TrackSegment } from '@wayside/contracts/verdict';
import type { LocalFrame } from './local-frame.ts';

export const STEP_SECONDS = 0.1;

export interface Path {
  /** Of the first sample, seconds after the origin; the samples after it are STEP_SECONDS apart. */
  readonly fromS: number;
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly speedU: Float64Array;
  readonly speedV: Float64Array;
  /** Worked out when asked for. */
  readonly quality: () => TrackQuality;
}

export interface TrackQuality {
  /** Longest time between two sightings, seconds. */
  readonly longestHoleS: number;
  /** Median distance of a sighting from the line between its neighbours: the jitter of the tracker, metres. */
  readonly jitterMetres: number;
  /** Largest of those: a jump, metres. */
  readonly jumpMetres: number;
}

/** Tracks are cut to this about the passage; what is further off says nothing about it. Samples. */
const MOST_SAMPLES = 600;

/** @param smoothS positions are taken as the mean over so much to each side: a tracker's noise is not motion. */
export function pathOf(track: TrackSegment, frame: LocalFrame, originMs: number, smoothS: number): Path {
  const seen = sightings(track, frame, originMs);
  const { seconds } = seen;
  const fromS = Math.ceil((seconds[0] ?? 0) / STEP_SECONDS) * STEP_SECONDS;
  const last = seconds.at(-1) ?? 0;
  const count = Math.min(MOST_SAMPLES, Math.max(1, Math.floor((last - fromS) / STEP_SECONDS) + 1));
  resample(seen, fromS, count);
  const u = smoothed(even.us, count, smoothS);
  const v = smoothed(even.vs, count, smoothS);
  return {
    fromS,
    u,
    v,
    speedU: slope(u),
    speedV: slope(v),
    quality: () => qualityOf(sightings(track, frame, originMs)),
  };
}

/** A track's samples as they came, in the local frame. */
interface Sightings {
  readonly seconds: Float64Array;
  readonly us: Float64Array;
  readonly vs: Float64Array;
}

function sightings(
  { dtMs, xCm, yCm, startMs }: TrackSegment,
  frame: LocalFrame,
  originMs: number,
): Sightings {
  const count = dtMs.length;
  const [seconds, us, vs] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const x = (xCm[i] as number) / 100;
    const y = (yCm[i] as number) / 100;
    seconds[i] = (startMs + (dtMs[i] as number) - originMs) / 1000;
    us[i] = frame.u(x, y);
    vs[i] = frame.v(x, y);
  }
  return { seconds, us, vs };
}

/** A value of a path at a second, constant beyond its ends. */
export function at(path: Path, column: Float64Array, second: number): number {
  const i = Math.round((second - path.fromS) / STEP_SECONDS);
  return column[Math.min(column.length - 1, Math.max(0, i))] ?? 0;
}

export const endS = (path: Path): number => path.fromS + (path.u.length - 1) * STEP_SECONDS;

export const isSeen = (path: Path, second: number): boolean =>
  second >= path.fromS - STEP_SECONDS && second <= endS(path) + STEP_SECONDS;

/** What a path is worked out in: used again by the next one, for making such columns anew took longer than filling them. */
const even = { us: new Float64Array(MOST_SAMPLES), vs: new Float64Array(MOST_SAMPLES) };
const sums = new Float64Array(MOST_SAMPLES + 1);

function resample({ seconds, us, vs }: Sightings, fromS: number, count: number): void {
  const last = seconds.length - 1;
  let j = 0;
  for (let i = 0; i < count; i++) {
    const second = fromS + i * STEP_SECONDS;
    while (j + 1 < last && (seconds[j + 1] as number) <= second) j++;
    const next = Math.min(j + 1, last);
    const a = seconds[j] as number;
    const span = (seconds[next] as number) - a;
    const share = span > 0 ? Math.min(1, Math.max(0, (second - a) / span)) : 0;
    even.us[i] = between(us, j, next, share);
    even.vs[i] = between(vs, j, next, share);
  }
}

function between(values: Float64Array, j: number, next: number, share: number): number {
  const from = values[j] as number;
  return from + share * ((values[next] as number) - from);
}

/** Mean over the window, which shrinks evenly at the ends so that nothing is shifted. */
function smoothed(values: Float64Array, count: number, halfS: number): Float64Array {
  const half = Math.round(halfS / STEP_SECONDS);
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) sums[i + 1] = (sums[i] as number) + (values[i] as number);
  for (let i = 0; i < count; i++) {
    const reach = Math.min(half, i, count - 1 - i);
    out[i] = ((sums[i + reach + 1] as number) - (sums[i - reach] as number)) / (2 * reach + 1);
  }
  return out;
}

const SLOPE_HALF = 3;

function slope(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  const last = values.length - 1;
  for (let i = 0; i <= last; i++) {
    const from = Math.max(0, i - SLOPE_HALF);
    const to = Math.min(last, i + SLOPE_HALF);
    if (to > from)
      out[i] = ((values[to] as number) - (values[from] as number)) / ((to - from) * STEP_SECONDS);
  }
  return out;
}

function qualityOf({ seconds, us, vs }: Sightings): TrackQuality {
  let longestHoleS = 0;
  for (let i = 1; i < seconds.length; i++)
    longestHoleS = Math.max(longestHoleS, (seconds[i] as number) - (seconds[i - 1] as number));
  const off = new Float64Array(Math.max(0, seconds.length - 2));
  for (let i = 0; i < off.length; i++) {
    const du = offLine(seconds, us, i);
    const dv = offLine(seconds, vs, i);
    off[i] = Math.sqrt(du * du + dv * dv);
  }
  off.sort();
  return { longestHoleS, jitterMetres: off[off.length >> 1] ?? 0, jumpMetres: off.at(-1) ?? 0 };
}

/** How far the sample after i is off the line from i to the one after. */
function offLine(seconds: Float64Array, values: Float64Array, i: number): number {
  const from = seconds[i] as number;
  const span = (seconds[i + 2] as number) - from;
  const share = span > 0 ? ((seconds[i + 1] as number) - from) / span : 0.5;
  const start = values[i] as number;
  return (values[i + 1] as number) - start - share * ((values[i + 2] as number) - start);
}
