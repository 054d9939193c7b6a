/**
 * Verdicts a minute, by outcome. The house's rollup may lag behind and the live stream begins with the page; a
 * minute's true count is at least either, so the larger is shown.
 */
import type { Rollup } from '@wayside/contracts/http';
import type { Outcome } from '@wayside/contracts/verdict';

const MINUTE_MS = 60_000;
const MAX_MINUTES = 180;

export type MinuteCounts = ReadonlyMap<number, Readonly<Record<Outcome, number>>>;

export interface MinuteSeries {
  /** Start of each minute, seconds since the epoch, oldest first. */
  readonly seconds: readonly number[];
  readonly infraction: readonly number[];
  readonly undecided: readonly number[];
  readonly clear: readonly number[];
}

const none = { infraction: 0, clear: 0, undecided: 0 } as const;
const minuteOf = (at: string): number => Math.floor(Date.parse(at) / MINUTE_MS);

export function countVerdict(counts: MinuteCounts, outcome: Outcome, occurredAt: string): MinuteCounts {
  const minute = minuteOf(occurredAt);
  const before = counts.get(minute) ?? none;
  const next = new Map(counts).set(minute, { ...before, [outcome]: before[outcome] + 1 });
  if (next.size > MAX_MINUTES) next.delete(Math.min(...next.keys()));
  return next;
}

export function minuteSeries(of: {
  readonly rollup: Rollup['items'];
  readonly live: MinuteCounts;
  readonly nowMs: number;
  readonly minutes: number;
}): MinuteSeries {
  const recorded = sumOverSites(of.rollup);
  const last = Math.floor(of.nowMs / MINUTE_MS);
  const minutes = Array.from({ length: of.minutes }, (_, i) => last - of.minutes + 1 + i);
  const column = (outcome: Outcome) =>
    minutes.map((m) => Math.max((recorded.get(m) ?? none)[outcome], (of.live.get(m) ?? none)[outcome]));
  return {
    seconds: minutes.map((m) => m * 60),
    infraction: column('infraction'),
    undecided: column('undecided'),
    clear: column('clear'),
  };
}

function sumOverSites(items: Rollup['items']): MinuteCounts {
  const sums = new Map<number, Record<Outcome, number>>();
  for (const { minute, outcome, count } of items) {
    const at = minuteOf(minute);
    const sum = sums.get(at) ?? { ...none };
    sum[outcome] += count;
    sums.set(at, sum);
  }
  return sums;
}
