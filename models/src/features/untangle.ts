/**
 * Gives back to each pedestrian what a tracker exchanged: two who pass within arm's length of each other may leave with each
 * other's track. Who walks on as before is taken to be the same person: at each moment at which the two tracks come nearer to
 * each other's way than to their own, straight lines through the second before and after tell which goes on with which.
 */
import type { TrackSegment } from '@wayside/contracts/verdict';
import { spliced } from './splice.ts';

export interface Untangled {
  readonly pieces: readonly TrackSegment[];
  /** Exchanges taken back. */
  readonly exchanges: number;
}

/** Farther from each other two do not exchange their tracks. Centimetres. */
const REACH_CM = 180;
const WINDOW_MS = 1_000;
const FEWEST_SAMPLES = 4;
/** What a line's end and its slope may be off, and somebody may turn or change pace. */
const PLACE_CM = 25;
const PACE_CM_PER_S = 40;
/** So much more likely (in squared deviations) an exchange must be than that both turned on the spot. */
const LEAST_GAIN = 4;
const MOST_EXCHANGES = 8;

export function untangled(pieces: readonly TrackSegment[]): Untangled {
  let current = pieces;
  for (let exchanges = 0; exchanges < MOST_EXCHANGES; exchanges++) {
    const found = likeliest(current);
    if (!found) return { pieces: current, exchanges };
    current = exchanged(current, found);
  }
  return { pieces: current, exchanges: MOST_EXCHANGES };
}

interface Exchange {
  readonly a: number;
  readonly b: number;
  /** First samples after it. */
  readonly i: number;
  readonly j: number;
  readonly gain: number;
}

function likeliest(pieces: readonly TrackSegment[]): Exchange | undefined {
  let best: Exchange | undefined;
  const extents = pieces.map(extentOf);
  for (const [a, first] of pieces.entries())
    for (const [b, second] of pieces.entries()) {
      if (b <= a || areApart(extents[a] as Extent, extents[b] as Extent)) continue;
      const found = likeliestOf(first, second);
      if (found && found.gain > (best?.gain ?? LEAST_GAIN)) best = { a, b, ...found };
    }
  return best;
}

function likeliestOf(first: TrackSegment, second: TrackSegment): Omit<Exchange, 'a' | 'b'> | undefined {
  let best: Omit<Exchange, 'a' | 'b'> | undefined;
  for (const [i, j] of meetings(first, second)) {
    const gain = gainOf(first, i, second, j);
    if (gain > (best?.gain ?? 0)) best = { i, j, gain };
  }
  return best;
}

/** The box that holds a track, and its time. */
interface Extent {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lowX: number;
  readonly highX: number;
  readonly lowY: number;
  readonly highY: number;
}

function extentOf(track: TrackSegment): Extent {
  let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < track.dtMs.length; i++) {
    const [x, y] = [track.xCm[i] as number, track.yCm[i] as number];
    if (x < lowX) lowX = x;
    if (x > highX) highX = x;
    if (y < lowY) lowY = y;
    if (y > highY) highY = y;
  }
  return { fromMs: msAt(track, 0), toMs: msAt(track, track.dtMs.length - 1), lowX, highX, lowY, highY };
}

const areApart = (a: Extent, b: Extent): boolean =>
  a.toMs < b.fromMs ||
  b.toMs < a.fromMs ||
  a.highX + REACH_CM < b.lowX ||
  b.highX + REACH_CM < a.lowX ||
  a.highY + REACH_CM < b.lowY ||
  b.highY + REACH_CM < a.lowY;

const msAt = ({ startMs, dtMs }: TrackSegment, i: number): number => startMs + (dtMs[i] as number);

/** Pairs of samples of one frame at which each came from nearer the other's place in the frame before than from its own. */
function meetings(a: TrackSegment, b: TrackSegment): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  const { dtMs: aMs, xCm: aX, yCm: aY } = a;
  const { dtMs: bMs, xCm: bX, yCm: bY } = b;
  const aheadMs = a.startMs - b.startMs;
  let [i, j] = [0, 0];
  let [beforeI, beforeJ] = [-1, -1];
  while (i < aMs.length && j < bMs.length) {
    const ms = aheadMs + (aMs[i] as number) - (bMs[j] as number);
    if (ms !== 0) {
      if (ms < 0) i++;
      else j++;
      continue;
    }
    const dx = (aX[i] as number) - (bX[j] as number);
    const dy = (aY[i] as number) - (bY[j] as number);
    if (beforeI >= 0 && dx * dx + dy * dy < REACH_CM * REACH_CM) {
      const kept = distance(a, beforeI, a, i) + distance(b, beforeJ, b, j);
      const crossed = distance(a, beforeI, b, j) + distance(b, beforeJ, a, i);
      if (crossed < kept) found.push([i, j]);
    }
    beforeI = i++;
    beforeJ = j++;
  }
  return found;
}

function distance(a: TrackSegment, i: number, b: TrackSegment, j: number): number {
  const dx = (a.xCm[i] as number) - (b.xCm[j] as number);
  const dy = (a.yCm[i] as number) - (b.yCm[j] as number);
  return Math.sqrt(dx * dx + dy * dy);
}

/** By how much straighter both go on with each other's samples from i and j on than with their own. */
function gainOf(a: TrackSegment, i: number, b: TrackSegment, j: number): number {
  const ms = msAt(a, i);
  const [aBefore, aAfter] = [lineOf(a, i, -1, ms), lineOf(a, i, 1, ms)];
  const [bBefore, bAfter] = [lineOf(b, j, -1, ms), lineOf(b, j, 1, ms)];
  if (!aBefore || !aAfter || !bBefore || !bAfter) return 0;
  const kept = deviation(aBefore, aAfter) + deviation(bBefore, bAfter);
  return kept - deviation(aBefore, bAfter) - deviation(bBefore, aAfter);
}

/** Place and pace at a moment, of a straight line through the samples of the second before or after it. */
interface Line {
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
}

function lineOf(track: TrackSegment, i: number, way: 1 | -1, ms: number): Line | undefined {
  let [n, t, x, y, tt, tx, ty] = [0, 0, 0, 0, 0, 0, 0];
  for (let k = way === 1 ? i : i - 1; k >= 0 && k < track.dtMs.length; k += way) {
    const s = (msAt(track, k) - ms) / 1000;
    if (Math.abs(s) * 1000 > WINDOW_MS) break;
    const [px, py] = [track.xCm[k] as number, track.yCm[k] as number];
    n++;
    t += s;
    x += px;
    y += py;
    tt += s * s;
    tx += s * px;
    ty += s * py;
  }
  const spread = n * tt - t * t;
  if (n < FEWEST_SAMPLES || spread <= 0) return undefined;
  const [vx, vy] = [(n * tx - t * x) / spread, (n * ty - t * y) / spread];
  return { x: (x - vx * t) / n, y: (y - vy * t) / n, vx, vy };
}

const deviation = (before: Line, after: Line): number =>
  ((after.x - before.x) ** 2 + (after.y - before.y) ** 2) / PLACE_CM ** 2 +
  ((after.vx - before.vx) ** 2 + (after.vy - before.vy) ** 2) / PACE_CM_PER_S ** 2;

function exchanged(pieces: readonly TrackSegment[], { a, b, i, j }: Exchange): readonly TrackSegment[] {
  const [first, second] = [pieces[a] as TrackSegment, pieces[b] as TrackSegment];
  return pieces.map((piece, at) =>
    at === a ? spliced(first, i, second, j) : at === b ? spliced(second, j, first, i) : piece,
  );
}
