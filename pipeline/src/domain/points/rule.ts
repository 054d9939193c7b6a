import type { PointsTrack } from '@wayside/contracts/points-scheme';
import type { AccountHistory, TakenBack } from './history.ts';

/** A move that is due by law. `entryId` null: an award. */
export interface PointsMove {
  readonly kind: 'restore' | 'expire' | 'award';
  readonly entryId: string | null;
  readonly points: number;
  readonly cause: string;
  readonly effectiveAtMs: number;
}

/** One way for points to go up again. Both functions are asked with all that is known, late facts included. */
export interface PointsRule {
  /** The first moment after another at which this rule may move points; undefined where none is in sight. */
  next(book: AccountHistory, afterMs: number): number | undefined;
  /** What it moves at such a moment. A cause that stands in the book already moves nothing again. */
  movesAt(book: AccountHistory, atMs: number): readonly PointsMove[];
}

/** The rules of one track of a scheme, in the order they take effect at the same moment. */
export type RulesOf = (track: PointsTrack, timeZone: string) => readonly PointsRule[];

export const earliest = (moments: readonly (number | undefined)[]): number | undefined => {
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

/** The book once these moves are in it. */
export function withMoves(book: AccountHistory, moves: readonly PointsMove[]): AccountHistory {
  if (moves.length === 0) return book;
  const takenOf = (entryId: string): readonly TakenBack[] =>
    moves.flatMap(({ kind, points, cause, effectiveAtMs, ...move }) =>
      kind !== 'award' && move.entryId === entryId ? [{ kind, points, cause, atMs: effectiveAtMs }] : [],
    );
  return {
    ...book,
    entries: book.entries.map((entry) => ({ ...entry, taken: [...entry.taken, ...takenOf(entry.id)] })),
    bonuses: [
      ...book.bonuses,
      ...moves.flatMap(({ kind, points, cause, effectiveAtMs }) =>
        kind === 'award' ? [{ points, cause, atMs: effectiveAtMs }] : [],
      ),
    ],
  };
}
