import type { TrackSegment } from '@wayside/contracts/verdict';

/** The first up to its sample i, then the second from its sample j. */
export function spliced(first: TrackSegment, i: number, second: TrackSegment, j: number): TrackSegment {
  const shiftMs = second.startMs - first.startMs;
  return {
    track: first.track,
    kind: first.kind,
    startMs: first.startMs,
    dtMs: [...first.dtMs.slice(0, i), ...second.dtMs.slice(j).map((ms) => ms + shiftMs)],
    xCm: [...first.xCm.slice(0, i), ...second.xCm.slice(j)],
    yCm: [...first.yCm.slice(0, i), ...second.yCm.slice(j)],
  };
}
