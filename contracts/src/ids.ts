/**
 * Ids are derived from content, never random, so that a replay of the same facts makes the same ids
 * (ARCHITECTURE, promise 2). UUID version 5 of RFC 9562, §5.5, over the canonical JSON of the parts.
 */
import { parse, v5 } from 'uuid';

/** As bytes, like what is hashed under it: the judge derives thousands of ids a second. */
const NAMESPACE = parse('6a1d7c1e-3f0e-5d43-9a55-77a7c1de0001');
const utf8 = new TextEncoder();

/** The thing an id is of; it keeps ids of different things apart even where their parts are the same. */
export type IdOf =
  | 'encounter'
  | 'infraction'
  | 'hold'
  | 'transfer'
  | 'dead-letter'
  | 'report'
  | 'case'
  | 'message'
  | 'notice'
  | 'credit'
  | 'decision'
  | 'letter';

/** @returns a UUID that is the same for the same parts in the same order, on every machine. */
export function deriveId(of: IdOf, ...parts: readonly (string | number)[]): string {
  return v5(utf8.encode(JSON.stringify([of, ...parts])), NAMESPACE);
}
