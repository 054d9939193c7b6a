/**
 * When to show a picture. Pictures come in bursts and late; shown on arrival, cars would jump. So the street is shown
 * a little behind: by the largest lateness of the last seconds and the gap between two pictures. The delay is changed
 * by playing slightly faster or slower, never by a jump, except where the stream itself jumped.
 */
import { clamp } from './geometry.ts';

export interface Playout {
  readonly arrivals: readonly { readonly wallMs: number; readonly lateMs: number }[];
  readonly lastAtMs: number | undefined;
  readonly gapMs: number;
  /** What the playhead is behind the wall clock, undefined before the first picture. */
  readonly delayMs: number | undefined;
}

const WINDOW_MS = 2_200;
const MAX_ARRIVALS = 200;
const JUMP_MS = 5_000;
const MAX_GAP_MS = 2_000;

export const startPlayout: Playout = { arrivals: [], lastAtMs: undefined, gapMs: 250, delayMs: undefined };

/** Takes note of a picture of event time `atMs` that arrived at `wallMs`. */
export function noteArrival(playout: Playout, atMs: number, wallMs: number): Playout {
  const recent = playout.arrivals.filter((arrival) => wallMs - arrival.wallMs < WINDOW_MS);
  const arrivals = [...recent, { wallMs, lateMs: wallMs - atMs }].slice(-MAX_ARRIVALS);
  const gap = playout.lastAtMs === undefined ? playout.gapMs : atMs - playout.lastAtMs;
  const gapMs = gap > 0 ? playout.gapMs + 0.2 * (Math.min(gap, MAX_GAP_MS) - playout.gapMs) : playout.gapMs;
  return { ...playout, arrivals, lastAtMs: atMs, gapMs };
}

/** Moves the clock on by `elapsedMs`. @returns the new state; its delay tells the playhead. */
export function advance(playout: Playout, elapsedMs: number): Playout {
  if (playout.arrivals.length === 0) return playout;
  const wanted = Math.max(...playout.arrivals.map(({ lateMs }) => lateMs)) + playout.gapMs;
  const { delayMs } = playout;
  if (delayMs === undefined || Math.abs(delayMs - wanted) > JUMP_MS) return { ...playout, delayMs: wanted };
  // Rate 0 to 4 of real time: a recording may be played faster than it happened.
  const change = clamp((delayMs - wanted) / 1_000, -1, 3) * elapsedMs;
  return { ...playout, delayMs: delayMs - change };
}

export const playheadMs = (playout: Playout, wallMs: number): number | undefined =>
  playout.delayMs === undefined ? undefined : wallMs - playout.delayMs;
