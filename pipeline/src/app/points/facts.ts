/** Facts about an account that other offices tell: each is kept for good, and the account is looked at again. */
import { deriveId } from '@wayside/contracts/ids';
import { grantFor, type GrantRefusal } from '../../domain/points/education.ts';
import type { Queryable } from '../database.ts';
import { lookAgain } from '../ledger/look-again.ts';
import { lockBalances } from '../ledger/transfers.ts';
import { trackIn, type PointsHouse } from './house.ts';
import { readHistory } from './read-history.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

export interface ToldBy {
  /** Who told: an officer's login, an office's interface. */
  readonly recordedBy: string;
}

/** Since when somebody holds a licence. A date told later replaces one told before: offices correct themselves. */
export function tellLicence(
  { database, clock }: PointsHouse,
  {
    account,
    firstIssuedOn,
    recordedBy,
  }: ToldBy & { readonly account: string; readonly firstIssuedOn: string },
): Promise<void> {
  return database.transaction(async (tx) => {
    const nowMs = clock();
    await lockBalances(tx, [account]);
    await tx.query(
      `INSERT INTO licence (account, first_issued_on, recorded_at, recorded_by) VALUES ($1, $2::date, $3::timestamptz, $4)
       ON CONFLICT (account) DO UPDATE SET first_issued_on = EXCLUDED.first_issued_on,
         recorded_at = EXCLUDED.recorded_at, recorded_by = EXCLUDED.recorded_by`,
      [account, firstIssuedOn, iso(nowMs), recordedBy],
    );
    await lookAgainIfOpen(tx, account, nowMs);
  });
}

export interface ToldPayment extends ToldBy {
  readonly infractionId: string;
  readonly paidAtMs: number;
  /** Of the payment. */
  readonly reference: string;
}

export type PaymentResult = { readonly kind: 'recorded' | 'exists' | 'unknown-infraction' };

/** A fine that was paid; what was told first stands. */
export function tellPayment(
  { database, clock }: PointsHouse,
  { infractionId, paidAtMs, reference, recordedBy }: ToldPayment,
): Promise<PaymentResult> {
  return database.transaction(async (tx) => {
    const accounts = await accountsOf(tx, infractionId);
    if (accounts.length === 0) return { kind: 'unknown-infraction' };
    await lockBalances(tx, accounts);
    const inserted = await tx.query(
      `INSERT INTO fine_payment (infraction_id, paid_at, reference, recorded_at, recorded_by)
       VALUES ($1, $2::timestamptz, $3, $4::timestamptz, $5) ON CONFLICT DO NOTHING RETURNING infraction_id`,
      [infractionId, iso(paidAtMs), reference, iso(clock()), recordedBy],
    );
    await lookAgain(tx, accounts, clock());
    return { kind: inserted.length > 0 ? 'recorded' : 'exists' };
  });
}

async function accountsOf(tx: Queryable, infractionId: string): Promise<readonly string[]> {
  const rows = await tx.query<{ readonly account: string }>(
    `SELECT DISTINCT account FROM transfer WHERE infraction_id = $1 ORDER BY account`,
    [infractionId],
  );
  return rows.map(({ account }) => account);
}

export interface ToldCourse extends ToldBy {
  readonly account: string;
  readonly course: string;
  readonly completedAtMs: number;
  /** Of the certificate; the same certificate counts once. */
  readonly reference: string;
}

export type CourseResult =
  | { readonly kind: 'granted'; readonly points: number | 'all' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'refused'; readonly reason: GrantRefusal | 'unknown-account' | 'in-the-future' };

/** A course that was passed. Under the lock of the balance, so that two certificates cannot both find the cap open. */
export function tellCourse(house: PointsHouse, told: ToldCourse): Promise<CourseResult> {
  return house.database.transaction(async (tx) => {
    const nowMs = house.clock();
    if (told.completedAtMs > nowMs) return { kind: 'refused', reason: 'in-the-future' };
    await lockBalances(tx, [told.account]);
    const id = deriveId('credit', told.account, told.course, told.reference);
    const standing = await tx.query('SELECT 1 FROM education_credit WHERE id = $1', [id]);
    if (standing.length > 0) return { kind: 'exists' };
    const granted = await grant(tx, house, told);
    if (granted.kind === 'refused') return granted;
    await tx.query(
      `INSERT INTO education_credit (id, account, course, points, completed_at, reference, recorded_at, recorded_by)
       VALUES ($1, $2, $3, $4, $5::timestamptz, $6, $7::timestamptz, $8)`,
      [
        id,
        told.account,
        told.course,
        granted.points === 'all' ? null : granted.points,
        iso(told.completedAtMs),
        told.reference,
        iso(nowMs),
        told.recordedBy,
      ],
    );
    await lookAgain(tx, [told.account], nowMs);
    return granted;
  });
}

async function grant(tx: Queryable, { schemes }: PointsHouse, told: ToldCourse) {
  const history = await readHistory(tx, told.account);
  const scheme = history && schemes.get(history.terms.scheme);
  if (!scheme) return { kind: 'refused', reason: 'unknown-account' } as const;
  return grantFor(history, trackIn(scheme, told.account), scheme.timeZone.id, told);
}

async function lookAgainIfOpen(tx: Queryable, account: string, nowMs: number): Promise<void> {
  const open = await tx.query('SELECT 1 FROM account WHERE id = $1', [account]);
  if (open.length > 0) await lookAgain(tx, [account], nowMs);
}
