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
  const { dtMs, xCm, yCm, startMs } = track;
  const seconds = new Float64Array(dtMs.length);
  const us = new Float64Array(dtMs.length);
  const vs = new Float64Array(dtMs.length);
  for (let i = 0; i < dtMs.length; i++) {
    const [x, y] = [(xCm[i] as number) / 100, (yCm[i] as number) / 100];
    seconds[i] = (startMs + (dtMs[i] as number) - originMs) / 1000;
    us[i] = frame.u(x, y);
    vs[i] = frame.v(x, y);
  }
  const fromS = Math.ceil((seconds[0] ?? 0) / STEP_SECONDS) * STEP_SECONDS;
  const last = seconds.at(-1) ?? 0;
  const count = Math.min(MOST_SAMPLES, Math.max(1, Math.floor((last - fromS) / STEP_SECONDS) + 1));
  const u = smoothed(resampled(seconds, us, fromS, count), smoothS);
  const v = smoothed(resampled(seconds, vs, fromS, count), smoothS);
  return { fromS, u, v, speedU: slope(u), speedV: slope(v), quality: () => qualityOf(seconds, us, vs) };
}

/** A value of a path at a second, constant beyond its ends. */
export function at(path: Path, column: Float64Array, second: number): number {
  const i = Math.round((second - path.fromS) / STEP_SECONDS);
  return column[Math.min(column.length - 1, Math.max(0, i))] ?? 0;
}

export const endS = (path: Path): number => path.fromS + (path.u.length - 1) * STEP_SECONDS;

export const isSeen = (path: Path, second: number): boolean =>
  second >= path.fromS - STEP_SECONDS && second <= endS(path) + STEP_SECONDS;

function resampled(seconds: Float64Array, values: Float64Array, fromS: number, count: number): Float64Array {
  const out = new Float64Array(count);
  const last = seconds.length - 1;
  let j = 0;
  for (let i = 0; i < count; i++) {
    const second = fromS + i * STEP_SECONDS;
    while (j + 1 < last && (seconds[j + 1] as number) <= second) j++;
    const next = Math.min(j + 1, last);
    const a = seconds[j] as number;
    const span = (seconds[next] as number) - a;
    const share = span > 0 ? Math.min(1, Math.max(0, (second - a) / span)) : 0;
    const from = values[j] as number;
    out[i] = from + share * ((values[next] as number) - from);
  }
  return out;
}

/** Mean over the window, which shrinks evenly at the ends so that nothing is shifted. */
function smoothed(values: Float64Array, halfS: number): Float64Array {
  const half = Math.round(halfS / STEP_SECONDS);
  const out = new Float64Array(values.length);
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = (sums[i] as number) + (values[i] as number);
  for (let i = 0; i < out.length; i++) {
    const reach = Math.min(half, i, out.length - 1 - i);
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

function qualityOf(seconds: Float64Array, us: Float64Array, vs: Float64Array): TrackQuality {
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
