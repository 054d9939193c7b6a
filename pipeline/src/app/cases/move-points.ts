/**
 * What a step of a case does to the points, in the transaction of the step. Locks hold_due, then accounts that it opens,
 * then balances, each by account.
 */
import { accountTerms } from '../../domain/ledger/account-terms.ts';
import { holdTransfer, type Transfer } from '../../domain/ledger/transfer.ts';
import type { CaseFile, Transition } from '../../domain/case/case-file.ts';
import { isEnd } from '../../domain/case/table.ts';
import type { Queryable } from '../database.ts';
import { charged, tookNothing } from '../ledger/charges.ts';
import { openAccounts, termsOf } from '../ledger/open-accounts.ts';
import { placeHolds, type DueHold } from '../ledger/place-holds.ts';
import { resolveHold } from '../ledger/resolve-hold.ts';
import { insertTransfers, lockBalances, sameTransfer, transfersById } from '../ledger/transfers.ts';
import { CaseError } from './case-error.ts';
import type { CaseHouse } from './house.ts';

/** @param before the case as it was just before the step. @throws CaseError `hold-conflict` */
export async function movePoints(
  tx: Queryable,
  house: CaseHouse,
  before: CaseFile,
  after: CaseFile,
  transition: Transition,
): Promise<void> {
  const { atMs } = transition;
  if (before.holdId !== after.holdId) return moveHold(tx, house, before, after, atMs);
  if (after.holdId === null || !isEnd(transition.to)) return;
  await place(tx, house, await lockDue(tx, after.holdId), atMs);
  const resolution = transition.to === 'posted' ? 'post' : 'release';
  await resolve(tx, after, after.holdId, resolution, atMs);
}

async function resolve(
  tx: Queryable,
  { id }: CaseFile,
  holdId: string,
  resolution: 'post' | 'release',
  atMs: number,
): Promise<void> {
  const resolved = await resolveHold(tx, holdId, resolution, `case:${id}`, atMs);
  if (resolved.kind === 'resolved' || resolved.kind === 'exists') return;
  if (resolved.kind === 'unknown-hold' && (await tookNothing(tx, holdId))) return;
  throw new CaseError(
    'hold-conflict',
    `case ${id} would ${resolution} hold ${holdId}, which is ${resolved.kind}`,
  );
}

/** A case can be decided before the queue has come to its hold; then it is placed here, or nothing could be resolved. */
const lockDue = (tx: Queryable, holdId: string): Promise<readonly DueHold[]> =>
  tx.query<DueHold>(
    `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
       detected_at_ms AS "detectedAtMs"
     FROM hold_due WHERE hold_id = $1 AND placed_at IS NULL FOR UPDATE`,
    [holdId],
  );

async function place(
  tx: Queryable,
  { profileOf, trackOf }: CaseHouse,
  due: readonly DueHold[],
  atMs: number,
): Promise<void> {
  const { conflicts } = await placeHolds(tx, due, profileOf, atMs, trackOf);
  if (conflicts.length > 0)
    throw new CaseError('hold-conflict', `hold ${conflicts.join()} stands for another move already`);
}

/** The keeper's points go back and the driver's are held: both, or neither. */
async function moveHold(
  tx: Queryable,
  house: CaseHouse,
  before: CaseFile,
  after: CaseFile,
  atMs: number,
): Promise<void> {
  const due = before.holdId === null ? [] : await lockDue(tx, before.holdId);
  const accounts = [...due.map(({ account }) => account), after.account];
  await openFor(
    tx,
    house,
    after,
    accounts.filter((account) => account !== null),
    atMs,
  );
  await place(tx, house, due, atMs);
  if (after.account === null || after.holdId === null) return;
  await lockBalances(
    tx,
    [before.account, after.account].filter((account) => account !== null),
  );
  if (before.holdId !== null) await resolve(tx, after, before.holdId, 'release', atMs);
  await hold(tx, house, after, { account: after.account, holdId: after.holdId }, atMs);
}

async function openFor(
  tx: Queryable,
  { profileOf }: CaseHouse,
  { profile }: CaseFile,
  accounts: readonly string[],
  atMs: number,
): Promise<void> {
  if (accounts.length === 0) return;
  const law = profileOf(profile.id);
  if (!law)
    throw new CaseError(
      'unknown-profile',
      `no law profile "${profile.id}" says how ${accounts.join(' and ')} count`,
    );
  await openAccounts(
    tx,
    accounts.map((id) => ({ id, terms: accountTerms(law, id) })),
    atMs,
  );
}

async function hold(
  tx: Queryable,
  { trackOf }: CaseHouse,
  { id, infractionId, points }: CaseFile,
  { account, holdId }: { readonly account: string; readonly holdId: string },
  atMs: number,
): Promise<void> {
  const terms = (await termsOf(tx, [account])).get(account);
  if (!terms) throw new CaseError('hold-conflict', `account ${account} was opened, but is not there`);
  const order = { holdId, infractionId, account, points, scheme: terms.scheme };
  const [priced] = await charged(tx, [order], trackOf, atMs);
  if (!priced) return;
  const transfer: Transfer = { ...holdTransfer(priced, terms), cause: `case:${id}` };
  if ((await insertTransfers(tx, [transfer], atMs)).has(holdId)) return;
  const [standing] = await transfersById(tx, [holdId]);
  if (standing === undefined || !sameTransfer(standing, transfer))
    throw new CaseError('hold-conflict', `hold ${holdId} stands for another move already`);
}
