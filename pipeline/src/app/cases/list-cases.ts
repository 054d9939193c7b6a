/** Cases for an office, the first to lapse first. Reads only. */
import type { CaseQuery } from '@wayside/contracts/http-cases';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { pageOf } from '../queries/cursor.ts';
import { WAITING } from './case-views.ts';
import type { CaseHouse } from './house.ts';

/** Where a page ends: `due_at` as the database writes it, and the id. */
export interface DueKey {
  readonly dueAt: string;
  readonly id: string;
}

const KEY =
  /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d)?)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** @returns undefined where the cursor is none of ours. */
export function parseDueCursor(cursor: string): DueKey | undefined {
  const [, dueAt, id] = KEY.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return dueAt === undefined || id === undefined ? undefined : { dueAt, id };
}

const dueCursor = ({ dueAt, id }: DueKey): string => Buffer.from(`${dueAt}|${id}`).toString('base64url');

export interface ListedCases {
  readonly files: readonly CaseFile[];
  readonly next: string | null;
  /** Of all pages; counted no further than this many. */
  readonly total: number;
}

const MAX_COUNTED = 10_000;
const DEFAULT_LIMIT = 50;

interface Row {
  readonly id: string;
  readonly dueAt: string;
  readonly body: CaseFile;
}

/** @param after where the page before ended. */
export async function listCases(
  { database, clock }: CaseHouse,
  query: CaseQuery,
  officer: string,
  after: DueKey | undefined,
): Promise<ListedCases> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const parameters = filtersOf(query, officer, new Date(clock()).toISOString());
  const [rows, [counted]] = await Promise.all([
    database.query<Row>(
      `SELECT id, coalesce(due_at, 'infinity')::text AS "dueAt", body FROM case_file WHERE ${FITS}
         AND ($10::text IS NULL OR (coalesce(due_at, 'infinity'), id) > ($10::timestamptz, $11::uuid))
       ORDER BY coalesce(due_at, 'infinity'), id LIMIT $12`,
      [...parameters, after?.dueAt ?? null, after?.id ?? null, limit + 1],
    ),
    database.query<{ readonly total: number }>(
      `SELECT count(*) AS total FROM (SELECT 1 FROM case_file WHERE ${FITS} LIMIT $10) AS counted`,
      [...parameters, MAX_COUNTED],
    ),
  ]);
  const page = pageOf(rows, limit, { item: ({ body }) => body, cursor: dueCursor });
  return { files: page.items, next: page.next, total: counted?.total ?? 0 };
}

const filtersOf = (query: CaseQuery, officer: string, now: string): readonly unknown[] => [
  statesOf(query),
  query.waiting !== undefined,
  officer,
  now,
  query.assigned ?? null,
  query.dueBefore ?? null,
  query.site ?? null,
  query.device ?? null,
  query.account ?? null,
];

const statesOf = ({ state, waiting }: CaseQuery): readonly string[] | null => {
  const waitingIn: readonly string[] | null = waiting === undefined ? null : WAITING[waiting];
  if (state === undefined) return waitingIn;
  return waitingIn === null || waitingIn.includes(state) ? [state] : [];
};

/** `waiting` leaves out what is in another's hands and what this officer has reviewed or decided before. */
const FITS = `($1::text[] IS NULL OR state = ANY($1::text[]))
  AND (NOT $2::boolean OR (
    (assigned_to IS NULL OR assigned_to = $3 OR assigned_until <= $4::timestamptz)
    AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(body->'reviews') AS r WHERE r->>'officer' = $3)
    AND NOT jsonb_exists(body->'deciders', $3)))
  AND ($5::text IS NULL
    OR ($5 = 'me' AND assigned_to = $3 AND assigned_until > $4::timestamptz)
    OR ($5 = 'nobody' AND (assigned_to IS NULL OR assigned_until <= $4::timestamptz))
    OR ($5 = 'anybody' AND assigned_until > $4::timestamptz))
  AND ($6::timestamptz IS NULL OR due_at < $6::timestamptz)
  AND ($7::text IS NULL OR site = $7)
  AND ($8::text IS NULL OR device = $8)
  AND ($9::text IS NULL OR account = $9)`;
