/** The points schemes this house ships, and accounts whose life a test writes down, for tests. */
import type { PointsScheme, PointsTrack } from '@wayside/contracts/points-scheme';
import type { AccountTerms } from '../domain/ledger/account-terms.ts';
import type { AccountHistory, Entry } from '../domain/points/history.ts';
import { duePoints, type PointsPlan } from '../domain/points/due-moves.ts';
import { loadSchemes } from '../domain/points/load-schemes.ts';
import type { PointsMove } from '../domain/points/rule.ts';
import { textsIn } from './law.ts';

const loaded = loadSchemes(textsIn('profiles/points'), new Map());
if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
export const schemes: ReadonlyMap<string, PointsScheme> = loaded.schemes;

export function schemeOf(id: string): PointsScheme {
  const scheme = schemes.get(id);
  if (!scheme) throw new Error(`no scheme "${id}"`);
  return scheme;
}

export const TERMS = {
  cn: { scheme: 'cn', counts: 'down', initial: 12, limit: 0 },
  uk: { scheme: 'uk', counts: 'up', initial: 0, limit: 12 },
  de: { scheme: 'de', counts: 'up', initial: 0, limit: 8 },
  fr: { scheme: 'fr', counts: 'down', initial: 12, limit: 0 },
  it: { scheme: 'it', counts: 'down', initial: 20, limit: 0 },
} as const satisfies Readonly<Record<string, AccountTerms>>;

export type SchemeId = keyof typeof TERMS;

/** @param posted ISO 8601; the infraction occurred a month before unless said otherwise. */
export const entry = (id: string, points: number, posted: string, more: Partial<Entry> = {}): Entry => ({
  id,
  infractionId: `infraction-of-${id}`,
  points,
  occurredAtMs: Date.parse(posted) - 30 * 86_400_000,
  postedAtMs: Date.parse(posted),
  paidAtMs: null,
  taken: [],
  ...more,
});

export function life(
  id: SchemeId,
  entries: readonly Entry[],
  more: Partial<AccountHistory> = {},
): AccountHistory {
  return {
    account: 'road:plate_x',
    terms: TERMS[id],
    openedAtMs: Date.parse('2026-01-10T04:00:00Z'),
    firstIssuedOn: null,
    entries,
    openSinceMs: [],
    credits: [],
    bonuses: [],
    ...more,
  };
}

export function planAt(book: AccountHistory, at: string | number, track?: PointsTrack): PointsPlan {
  const scheme = schemeOf(book.terms.scheme);
  const nowMs = typeof at === 'number' ? at : Date.parse(at);
  return duePoints(book, track ?? scheme.road, scheme.timeZone.id, nowMs);
}

/** The book once these moves are written down. */
export function written(book: AccountHistory, moves: readonly PointsMove[]): AccountHistory {
  return {
    ...book,
    entries: book.entries.map((one) => ({
      ...one,
      taken: [
        ...one.taken,
        ...moves.flatMap(({ kind, entryId, points, cause, effectiveAtMs }) =>
          kind !== 'award' && entryId === one.id ? [{ kind, points, cause, atMs: effectiveAtMs }] : [],
        ),
      ],
    })),
    bonuses: [
      ...book.bonuses,
      ...moves.flatMap(({ kind, points, cause, effectiveAtMs }) =>
        kind === 'award' ? [{ points, cause, atMs: effectiveAtMs }] : [],
      ),
    ],
  };
}

/** What moves by then, a line each. */
export const said = (book: AccountHistory, at: string) =>
  planAt(book, at).moves.map(
    ({ kind, entryId, points, effectiveAtMs }) =>
      `${kind} ${points}${entryId === null ? '' : ` of ${entryId}`} on ${new Date(effectiveAtMs).toISOString()}`,
  );
