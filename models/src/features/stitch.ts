/** Joins the pieces of one pedestrian's broken track: a piece that begins just after and just where another ended goes on with it. */
import type { TrackSegment } from '@wayside/contracts/verdict';
import { spliced } from './splice.ts';

const MOST_GAP_MS = 1_500;
/** What a position may be off, and how fast somebody goes while out of sight. */
const SLACK_CM = 60;
const MOST_CM_PER_MS = 0.2;

export function stitched(pieces: readonly TrackSegment[]): readonly TrackSegment[] {
  const whole: TrackSegment[] = [];
  for (const piece of [...pieces].sort((a, b) => a.startMs - b.startMs)) {
    const at = nearestEnd(whole, piece);
    const before = whole[at];
    if (before) whole[at] = spliced(before, before.dtMs.length, piece, 0);
    else whole.push(piece);
  }
  return whole;
}

function nearestEnd(whole: readonly TrackSegment[], piece: TrackSegment): number {
  let [best, least] = [-1, Infinity];
  for (const [i, before] of whole.entries()) {
    const gapMs = piece.startMs - endMs(before);
    if (gapMs <= 0 || gapMs > MOST_GAP_MS) continue;
    const cm = Math.hypot(
      (piece.xCm[0] ?? 0) - (before.xCm.at(-1) ?? 0),
      (piece.yCm[0] ?? 0) - (before.yCm.at(-1) ?? 0),
    );
    if (cm <= SLACK_CM + MOST_CM_PER_MS * gapMs && cm < least) [best, least] = [i, cm];
  }
  return best;
}

const endMs = ({ startMs, dtMs }: TrackSegment): number => startMs + (dtMs.at(-1) ?? 0);
