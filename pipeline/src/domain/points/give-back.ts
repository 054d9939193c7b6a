import type { Entry } from './history.ts';
import type { PointsMove } from './rule.ts';

/** Gives back so many points of what stands, the oldest entry first; an entry that this cause gave back of is left. */
export function giveBack(
  standing: readonly { readonly entry: Entry; readonly points: number }[],
  wanted: number,
  cause: string,
  atMs: number,
): readonly PointsMove[] {
  let open = wanted;
  return standing.flatMap(({ entry, points }): readonly PointsMove[] => {
    const given = Math.min(points, open);
    if (given <= 0 || entry.taken.some((taken) => taken.cause === cause)) return [];
    open -= given;
    return [{ kind: 'restore', entryId: entry.id, points: given, cause, effectiveAtMs: atMs }];
  });
}

export const pointsOf = (moves: readonly { readonly points: number }[]): number =>
  moves.reduce((sum, { points }) => sum + points, 0);
