import type { StandingEntry } from './history.ts';
import type { PointsMove } from './rule.ts';

export interface GivenBack {
  readonly moves: readonly PointsMove[];
  /** What is left of what was wanted. */
  readonly over: number;
}

/**
 * Gives back so many points of what stood, the oldest entry first. What stood then and has been given back since by
 * something else counts as given: a fact that is told late does not make the same points come back twice.
 */
export function giveBack(
  standing: readonly StandingEntry[],
  wanted: number,
  cause: string,
  atMs: number,
): GivenBack {
  let over = wanted;
  const moves = standing.flatMap(({ entry, stood, free }): readonly PointsMove[] => {
    if (entry.taken.some((taken) => taken.cause === cause)) return [];
    const share = Math.min(stood, over);
    over -= share;
    const points = Math.min(share, free);
    return points > 0 ? [{ kind: 'restore', entryId: entry.id, points, cause, effectiveAtMs: atMs }] : [];
  });
  return { moves, over };
}
