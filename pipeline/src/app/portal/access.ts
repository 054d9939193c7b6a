/** Who may enter the portal: a reference and its PIN, tried so often and no oftener. */
import type { CaseFile } from '../../domain/case/case-file.ts';
import type { Queryable } from '../database.ts';
import type { NoticeHouse } from '../notices/house.ts';
import { isPin, normalised } from './pin.ts';

/** What a reference opens. */
export interface Access {
  readonly reference: string;
  /** Null: every case of the account. */
  readonly caseId: string | null;
  readonly account: string;
}

export type Entry =
  | { readonly kind: 'open'; readonly access: Access }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly untilMs: number };

const MAX_FAILURES = 5;
const LOCK_MS = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000;

/** A reference that is none fails as one with a wrong PIN does: nobody learns which there are. */
export async function enter(
  { cases, portalKey }: NoticeHouse,
  given: { readonly reference: string; readonly pin: string },
): Promise<Entry> {
  const reference = normalised(given.reference);
  const right = isPin(portalKey, reference, given.pin);
  return cases.database.transaction(async (tx) => {
    const nowMs = cases.clock();
    const untilMs = await lockedUntil(tx, reference, nowMs);
    if (untilMs !== undefined) return { kind: 'locked', untilMs };
    const access = await readAccess(tx, reference);
    if (!right || !access) {
      await countFailure(tx, reference, nowMs);
      return { kind: 'wrong' };
    }
    await tx.query('DELETE FROM portal_attempt WHERE reference = $1', [reference]);
    return { kind: 'open', access };
  });
}

/** @returns undefined where it opens nothing, or no more. */
export async function readAccess(tx: Queryable, reference: string): Promise<Access | undefined> {
  const [row] = await tx.query<Access>(
    `SELECT reference, case_id AS "caseId", account FROM portal_access WHERE reference = $1 AND revoked_at IS NULL`,
    [reference],
  );
  return row;
}

async function lockedUntil(tx: Queryable, reference: string, nowMs: number): Promise<number | undefined> {
  const [row] = await tx.query<{ readonly until: Date | null }>(
    'SELECT locked_until AS until FROM portal_attempt WHERE reference = $1 FOR UPDATE',
    [reference],
  );
  const untilMs = row?.until?.getTime();
  return untilMs !== undefined && untilMs > nowMs ? untilMs : undefined;
}

/** A lock that is over begins anew with one. What is a day old is forgotten, so that guesses do not fill the table. */
async function countFailure(tx: Queryable, reference: string, nowMs: number): Promise<void> {
  const iso = (ms: number): string => new Date(ms).toISOString();
  await tx.query('DELETE FROM portal_attempt WHERE first_at < $1::timestamptz AND reference <> $2', [
    iso(nowMs - FORGET_MS),
    reference,
  ]);
  await tx.query(
    `INSERT INTO portal_attempt AS p (reference, failures, first_at) VALUES ($1, 1, $2::timestamptz)
     ON CONFLICT (reference) DO UPDATE SET
       failures = CASE WHEN p.locked_until IS NULL THEN p.failures + 1 ELSE 1 END,
       locked_until = CASE WHEN p.locked_until IS NULL AND p.failures + 1 >= $3 THEN $4::timestamptz END`,
    [reference, iso(nowMs), MAX_FAILURES, iso(nowMs + LOCK_MS)],
  );
}

export type PortalRole = 'keeper' | 'driver' | 'passed-on';

/** @returns undefined where the case is not theirs. */
export function roleIn({ keeper, driver }: CaseFile, account: string): PortalRole | undefined {
  if (account === driver) return 'driver';
  if (account !== keeper) return undefined;
  return driver === null ? 'keeper' : 'passed-on';
}
