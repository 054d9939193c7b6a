/** Each entry by itself: so many months after it occurred or was posted, it counts no more. */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { addMonths, dayAt, isoOf, startOf } from '../calendar/local-day.ts';
import { isReversed, left, type Entry } from './history.ts';
import { earliest, type PointsRule } from './rule.ts';

type Expiry = NonNullable<PointsTrack['expiry']>;

/** When an entry expires, epoch ms: with the day. One that was posted later than that expires as it is posted. */
export function expiresAtMs(entry: Entry, { from, after }: Expiry, timeZone: string): number | undefined {
  const line = after.find(({ upToPoints }) => entry.points <= upToPoints);
  if (!line) return undefined;
  const fromMs = from === 'occurred' ? entry.occurredAtMs : entry.postedAtMs;
  const endMs = startOf(addMonths(dayAt(fromMs, timeZone), line.months), timeZone);
  return Math.max(endMs, entry.postedAtMs + 1);
}

export function expiryRule(expiry: Expiry, timeZone: string): PointsRule {
  const momentOf = (entry: Entry): number | undefined =>
    left(entry) > 0 && !isReversed(entry) ? expiresAtMs(entry, expiry, timeZone) : undefined;
  return {
    next: ({ entries }, afterMs) =>
      earliest(entries.map(momentOf).filter((moment) => moment !== undefined && moment > afterMs)),
    movesAt: ({ entries }, atMs) =>
      entries
        .filter((entry) => momentOf(entry) === atMs)
        .map((entry) => ({
          kind: 'expire',
          entryId: entry.id,
          points: left(entry),
          cause: `expiry:${isoOf(dayAt(atMs, timeZone))}`,
          effectiveAtMs: atMs,
        })),
  };
}
