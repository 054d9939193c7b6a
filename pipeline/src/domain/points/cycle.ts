/**
 * Cycles counted from the first licence. At the end of each, what stands is cleared if it is below the limit; an entry
 * whose fine is unpaid goes on into the next cycle. At the limit nothing is cleared: a course must be passed first.
 */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { addMonths, dayAt, dayOfIso, isoOf, startOf, type Day } from '../calendar/local-day.ts';
import { pointsToLimit } from '../ledger/account-terms.ts';
import { left, standingBefore, type AccountHistory } from './history.ts';
import type { PointsRule } from './rule.ts';

type Cycle = NonNullable<PointsTrack['cycle']>;

/** A licence's first issue; where nobody has told it, the day the account was opened. */
const anchorOf = ({ firstIssuedOn, openedAtMs }: AccountHistory, timeZone: string): Day =>
  firstIssuedOn === null ? dayAt(openedAtMs, timeZone) : dayOfIso(firstIssuedOn);

/** Counted from the anchor each time, so that a cycle that begins on a 31st does not creep to the 28th. */
function firstEndAfter(book: AccountHistory, { months }: Cycle, timeZone: string, afterMs: number): number {
  const anchor = anchorOf(book, timeZone);
  const from = dayAt(afterMs, timeZone);
  let count = Math.max(1, Math.floor((from - anchor) / (months * 31)));
  while (startOf(addMonths(anchor, count * months), timeZone) <= afterMs) count += 1;
  return startOf(addMonths(anchor, count * months), timeZone);
}

/** The cycle that a moment lies in: from its first moment to the first of the next, epoch ms. */
export function cycleAround(
  book: AccountHistory,
  cycle: Cycle,
  timeZone: string,
  atMs: number,
): readonly [fromMs: number, toMs: number] {
  const toMs = firstEndAfter(book, cycle, timeZone, atMs);
  return [startOf(addMonths(dayAt(toMs, timeZone), -cycle.months), timeZone), toMs];
}

export function cycleRule(cycle: Cycle, timeZone: string): PointsRule {
  return {
    next: (book, afterMs) =>
      book.entries.some((entry) => left(entry) > 0)
        ? firstEndAfter(book, cycle, timeZone, afterMs)
        : undefined,
    movesAt: (book, atMs) => {
      if (firstEndAfter(book, cycle, timeZone, atMs - 1) !== atMs) return [];
      const standing = standingBefore(book.entries, atMs);
      const total = standing.reduce((sum, { stood }) => sum + stood, 0);
      if (total >= pointsToLimit(book.terms)) return [];
      const cause = `cycle:${isoOf(dayAt(atMs, timeZone))}`;
      return standing
        .filter(({ entry }) => !cycle.onlyIfPaid || (entry.paidAtMs !== null && entry.paidAtMs < atMs))
        .filter(({ entry }) => !entry.taken.some((taken) => taken.cause === cause))
        .filter(({ free }) => free > 0)
        .map(({ entry, free }) => ({
          kind: 'restore',
          entryId: entry.id,
          points: free,
          cause,
          effectiveAtMs: atMs,
        }));
    },
  };
}
