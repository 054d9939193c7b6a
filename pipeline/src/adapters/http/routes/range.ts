import { parseRange, type TimeRange, type TimeRangeQuery } from '../../../app/queries/time-range.ts';
import { invalidQuery } from '../problem.ts';

/** @throws ProblemError where a bound or a cursor names nothing. */
export function rangeOf(query: TimeRangeQuery): TimeRange {
  const parsed = parseRange(query);
  if (parsed.kind === 'invalid') throw invalidQuery(parsed.name, parsed.detail);
  return parsed.range;
}
