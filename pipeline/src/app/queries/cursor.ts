/**
 * Keyset cursors: the sort key of the last row of a page, opaque to clients. A page is found by its key, never by
 * counting rows, so that rows which arrive meanwhile neither repeat nor hide another.
 */
import { isKept } from './instant.ts';

export interface TimeKey {
  readonly micros: number;
  readonly id: string;
}

const TIME_KEY = /^(-?\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const NAME_KEY = /^[a-z0-9][a-z0-9_-]{0,62}$/;

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

export const timeCursor = (key: TimeKey): string => encode(`${key.micros}.${key.id}`);
export const nameCursor = (name: string): string => encode(name);

/** @returns undefined where the cursor is none of ours. */
export function parseTimeCursor(cursor: string): TimeKey | undefined {
  const [, micros, id] = TIME_KEY.exec(decode(cursor)) ?? [];
  if (micros === undefined || id === undefined || !isKept(Number(micros))) return undefined;
  return { micros: Number(micros), id };
}

/** @returns undefined where the cursor is none of ours. */
export function parseNameCursor(cursor: string): string | undefined {
  const name = decode(cursor);
  return NAME_KEY.test(name) ? name : undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** Makes a page of rows that were read with one more than `limit`, which tells whether another page follows. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  of: { readonly item: (row: Row) => T; readonly cursor: (row: Row) => string },
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map((row) => of.item(row)), next: more ? of.cursor(last) : null };
}
