/** Courses that give points back, within a cap. What finds no entry to take from is not kept for later. */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { addMonths, dayAt, startOf } from '../calendar/local-day.ts';
import { pointsToLimit } from '../ledger/account-terms.ts';
import { cycleAround } from './cycle.ts';
import { giveBack } from './give-back.ts';
import {
  isReversed,
  postedAt,
  standingBefore,
  type AccountHistory,
  type Credit,
  type Entry,
} from './history.ts';
import { earliest, withMoves, type PointsMove, type PointsRule } from './rule.ts';

type Education = NonNullable<PointsTrack['education']>;

/** A course is passed on a day, and takes from what stood by then. */
const effectMs = ({ completedAtMs }: Credit): number => completedAtMs;

export const educationRule: PointsRule = {
  next: ({ credits }, afterMs) => earliest(credits.map(effectMs).filter((moment) => moment > afterMs)),
  movesAt: (book, atMs) => {
    const moves: PointsMove[] = [];
    for (const credit of book.credits.filter((one) => effectMs(one) === atMs))
      moves.push(...movesOf(withMoves(book, moves), credit, atMs));
    return moves;
  },
};

function movesOf(book: AccountHistory, credit: Credit, atMs: number): readonly PointsMove[] {
  const cause = causeOf(credit);
  const wanted = credit.points === 'all' ? Infinity : credit.points - given(book, cause);
  const others = new Set(book.credits.map(causeOf).filter((other) => other !== cause));
  const standing = standingBefore(book.entries, atMs).map((one) => ({
    ...one,
    stood: Math.max(0, one.stood - takenAt(one.entry, atMs, others)),
  }));
  return giveBack(standing, wanted, cause, atMs).moves;
}

const causeOf = ({ id }: Credit): string => `education:${id}`;

/** Two courses of one day, told as its midnight: each takes what the other has left, in whatever order they are told. */
const takenAt = ({ taken }: Entry, atMs: number, causes: ReadonlySet<string>): number =>
  taken
    .filter((one) => one.atMs === atMs && causes.has(one.cause))
    .reduce((sum, { points }) => sum + points, 0);

/** What a credit gave back on an entry that proved a mistake is free again, and goes to another. */
const given = ({ entries }: AccountHistory, cause: string): number =>
  entries
    .filter((entry) => !isReversed(entry))
    .flatMap(({ taken }) => taken)
    .filter((taken) => taken.cause === cause)
    .reduce((sum, { points }) => sum + points, 0);

export type Grant =
  | { readonly kind: 'granted'; readonly points: number | 'all' }
  | { readonly kind: 'refused'; readonly reason: GrantRefusal };

export type GrantRefusal =
  'not-offered' | 'cap-reached' | 'standing-too-high' | 'at-limit' | 'below-limit' | 'nothing-to-restore';

/** What passing a course at a moment gives under a scheme. */
export function grantFor(
  book: AccountHistory,
  track: PointsTrack,
  timeZone: string,
  { course, completedAtMs }: { readonly course: string; readonly completedAtMs: number },
): Grant {
  const offered = track.education?.courses.find(({ id }) => id === course);
  if (!track.education || !offered) return { kind: 'refused', reason: 'not-offered' };
  const refusal = refusalOf(book, track.education, offered.when, completedAtMs);
  if (refusal) return { kind: 'refused', reason: refusal };
  if (offered.points === 'all') return { kind: 'granted', points: 'all' };
  const used = usedAround(book, track, timeZone, completedAtMs);
  const points = Math.min(offered.points, track.education.most.points - used);
  return points > 0 ? { kind: 'granted', points } : { kind: 'refused', reason: 'cap-reached' };
}

function refusalOf(
  book: AccountHistory,
  { upToStanding }: Education,
  when: 'below-limit' | 'at-limit',
  atMs: number,
): GrantRefusal | undefined {
  const standing = postedAt(book.entries, atMs);
  const atLimit = standing >= pointsToLimit(book.terms) + bonusOf(book);
  if (standing === 0) return 'nothing-to-restore';
  if (when === 'below-limit' && atLimit) return 'at-limit';
  if (when === 'at-limit' && !atLimit) return 'below-limit';
  return upToStanding !== undefined && standing > upToStanding ? 'standing-too-high' : undefined;
}

const bonusOf = ({ bonuses }: AccountHistory): number => bonuses.reduce((sum, { points }) => sum + points, 0);

/** Credits of the same cycle, or of the months before and after: the cap holds in whatever order they are told. */
function usedAround(book: AccountHistory, track: PointsTrack, timeZone: string, atMs: number): number {
  const [fromMs, toMs] = windowAround(book, track, timeZone, atMs);
  return book.credits
    .filter(({ completedAtMs }) => completedAtMs >= fromMs && completedAtMs < toMs)
    .reduce((sum, { points }) => sum + (points === 'all' ? 0 : points), 0);
}

function windowAround(
  book: AccountHistory,
  { education, cycle }: PointsTrack,
  timeZone: string,
  atMs: number,
): readonly [number, number] {
  const months = education?.most.months;
  if (months === undefined && cycle) return cycleAround(book, cycle, timeZone, atMs);
  const day = dayAt(atMs, timeZone);
  const span = months ?? 12;
  return [startOf(addMonths(day, -span) + 1, timeZone), startOf(addMonths(day, span), timeZone)];
}
