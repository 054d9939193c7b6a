/** What every list by time shares: the half-open range `from ≤ t < to`, and the key after which the page starts. */
import { parseTimeCursor, type TimeKey } from './cursor.ts';
import { instantMicros, microsText } from './instant.ts';

export interface TimeRange {
  readonly fromMicros: number | undefined;
  readonly toMicros: number | undefined;
  readonly after: TimeKey | undefined;
  readonly limit: number;
}

export interface TimeRangeQuery {
  readonly from?: string;
  readonly to?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export const DEFAULT_LIMIT = 50;

export type ParsedRange =
  | { readonly kind: 'range'; readonly range: TimeRange }
  | { readonly kind: 'invalid'; readonly name: 'from' | 'to' | 'cursor'; readonly detail: string };

/** Reads the parameters that a schema cannot check to the end. */
export function parseRange(query: TimeRangeQuery): ParsedRange {
  const fromMicros = read(query.from, instantMicros);
  const toMicros = read(query.to, instantMicros);
  const after = read(query.cursor, parseTimeCursor);
  if (fromMicros === 'unreadable') return invalid('from', NO_MOMENT);
  if (toMicros === 'unreadable') return invalid('to', NO_MOMENT);
  if (after === 'unreadable') return invalid('cursor', 'is not the `next` of a page of this list');
  if (toMicros !== undefined && toMicros < (fromMicros ?? toMicros)) return invalid('to', 'is before `from`');
  return { kind: 'range', range: { fromMicros, toMicros, after, limit: query.limit ?? DEFAULT_LIMIT } };
}

const read = <T>(
  text: string | undefined,
  parse: (text: string) => T | undefined,
): T | undefined | 'unreadable' => (text === undefined ? undefined : (parse(text) ?? 'unreadable'));

export const NO_MOMENT = 'names no moment of the years 1900 to 2199';
const invalid = (name: 'from' | 'to' | 'cursor', detail: string): ParsedRange => ({
  kind: 'invalid',
  name,
  detail,
});

/** The parameters of `rangeSql`, in its order: from, to, the key's time and id, one more row than the page shows. */
export const rangeParams = ({ fromMicros, toMicros, after, limit }: TimeRange): readonly unknown[] => [
  fromMicros === undefined ? null : microsText(fromMicros),
  toMicros === undefined ? null : microsText(toMicros),
  after === undefined ? null : microsText(after.micros),
  after?.id ?? null,
  limit + 1,
];

/** The range's conditions, order and limit over `$1` … `$5`: newest first, then by id. The query's own begin at `$6`. */
export const rangeSql = (time: string, id: string): string => `
  ($1::timestamptz IS NULL OR ${time} >= $1)
  AND ($2::timestamptz IS NULL OR ${time} < $2)
  AND ($3::timestamptz IS NULL OR ${time} <= $3)
  AND ($3::timestamptz IS NULL OR ${time} < $3 OR ${id} > $4::uuid)
  ORDER BY ${time} DESC, ${id} LIMIT $5`;
