/**
 * Clean years: so long without an infraction gives points back. A period begins when an entry is posted (or the account
 * is opened) and is broken by an infraction that occurs or is posted in it. While a hold of an infraction in it is open,
 * nobody knows; it is then looked at again when the hold is decided, and still takes effect when it was due.
 */
import type { CleanPeriod } from '@wayside/contracts/points-scheme';
import { addMonths, dayAt, isoOf, startOf } from '../calendar/local-day.ts';
import { bonusAt, isReversed, left, postedAt, standingBefore, type AccountHistory } from './history.ts';
import { giveBack } from './give-back.ts';
import { earliest, type PointsMove, type PointsRule } from './rule.ts';

export function cleanRule(period: CleanPeriod, timeZone: string): PointsRule {
  const causeAt = (atMs: number): string => `clean:${period.months}:${isoOf(dayAt(atMs, timeZone))}`;
  return {
    next: (book, afterMs) =>
      mayStillGive(book, period) ? earliest(endsAfter(book, period, timeZone, afterMs)) : undefined,
    movesAt: (book, atMs) => {
      const due = endsAfter(book, period, timeZone, atMs - 1).includes(atMs);
      const undecided = book.openSinceMs.some((occurredMs) => occurredMs < atMs);
      if (!due || undecided || isDone(book, causeAt(atMs))) return [];
      return movesOf(book, period, causeAt(atMs), atMs);
    },
  };
}

const mayStillGive = ({ entries }: AccountHistory, { highest }: CleanPeriod): boolean =>
  highest !== undefined || entries.some((entry) => left(entry) > 0);

/** The first end of each unbroken period after a moment. */
function endsAfter(
  book: AccountHistory,
  { months, repeats }: CleanPeriod,
  timeZone: string,
  afterMs: number,
): readonly number[] {
  const entries = book.entries.filter((entry) => !isReversed(entry));
  const marks = entries.flatMap(({ occurredAtMs, postedAtMs }) => [occurredAtMs, postedAtMs]);
  return [book.openedAtMs, ...entries.map(({ postedAtMs }) => postedAtMs)].flatMap((fromMs) => {
    const brokenMs = Math.min(...marks.filter((mark) => mark > fromMs), Infinity);
    const endMs = firstEnd(fromMs, months, repeats, timeZone, afterMs);
    return endMs !== undefined && endMs <= brokenMs ? [endMs] : [];
  });
}

function firstEnd(
  fromMs: number,
  months: number,
  repeats: boolean,
  timeZone: string,
  afterMs: number,
): number | undefined {
  const from = dayAt(fromMs, timeZone);
  const endOf = (count: number): number => startOf(addMonths(from, count * months), timeZone);
  let count = repeats
    ? Math.max(1, Math.floor((dayAt(Math.max(afterMs, fromMs), timeZone) - from) / (months * 31)))
    : 1;
  while (repeats && endOf(count) <= afterMs) count += 1;
  return endOf(count) > afterMs ? endOf(count) : undefined;
}

const isDone = ({ entries, bonuses }: AccountHistory, cause: string): boolean =>
  bonuses.some((bonus) => bonus.cause === cause) ||
  entries.some(({ taken }) => taken.some((one) => one.cause === cause));

function movesOf(
  book: AccountHistory,
  { points, entriesUpTo, highest }: CleanPeriod,
  cause: string,
  atMs: number,
): readonly PointsMove[] {
  const standing = standingBefore(book.entries, atMs).filter(
    ({ entry }) => entriesUpTo === undefined || entry.points <= entriesUpTo,
  );
  const { moves, over } = giveBack(standing, points === 'all' ? Infinity : points, cause, atMs);
  if (points === 'all' || highest === undefined) return moves;
  const restored = moves.reduce((sum, move) => sum + move.points, 0);
  const bonus = Math.min(over, roomBelow(book, highest, atMs) - restored);
  if (bonus <= 0) return moves;
  return [...moves, { kind: 'award', entryId: null, points: bonus, cause, effectiveAtMs: atMs }];
}

/** What is written now counts too: an award of the past must not lift the balance of today above the highest. */
function roomBelow({ terms, entries, bonuses }: AccountHistory, highest: number, atMs: number): number {
  const balance = (ms: number): number => terms.initial + bonusAt(bonuses, ms) - postedAt(entries, ms);
  return highest - Math.max(balance(atMs), balance(Infinity));
}
