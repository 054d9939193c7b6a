/** Letters that are due because so many points stand: each time a threshold is reached from below. */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { isReversed, type Entry } from './history.ts';

export interface LetterDue {
  readonly letter: string;
  /** The threshold that was reached. */
  readonly at: number;
  /** The entry that reached it. */
  readonly entryId: string;
  readonly sinceMs: number;
  readonly standing: number;
}

interface Change {
  readonly atMs: number;
  readonly points: number;
  readonly entryId: string;
}

/** Up to a moment, the first first. What proved a mistake reached nothing. */
export function lettersDue(
  entries: readonly Entry[],
  { letters = [] }: Pick<PointsTrack, 'letters'>,
  atMs: number,
): readonly LetterDue[] {
  let standing = 0;
  return changesOf(entries, atMs).flatMap(({ points, entryId, atMs: sinceMs }) => {
    const before = standing;
    standing += points;
    return letters
      .filter(({ at }) => before < at && standing >= at)
      .map(({ at, letter }) => ({ letter, at, entryId, sinceMs, standing }));
  });
}

/** At the same moment what goes comes before what is added: nobody is warned of points that were gone. */
const changesOf = (entries: readonly Entry[], atMs: number): readonly Change[] =>
  entries
    .filter((entry) => !isReversed(entry))
    .flatMap(({ id, points, postedAtMs, taken }): readonly Change[] => [
      { atMs: postedAtMs, points, entryId: id },
      ...taken.map((one) => ({
        atMs: Math.max(one.atMs, postedAtMs + 1),
        points: -one.points,
        entryId: id,
      })),
    ])
    .filter((change) => change.atMs <= atMs)
    .sort((a, b) => a.atMs - b.atMs || a.points - b.points);
