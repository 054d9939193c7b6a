/** What a step of a case does to the points, in the transaction of the step. Locks hold_due, then balances by account. */
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
  await ensurePlaced(tx, house, after.holdId, atMs);
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
async function ensurePlaced(
  tx: Queryable,
  { profileOf, trackOf }: CaseHouse,
  holdId: string,
  atMs: number,
): Promise<void> {
  const due = await tx.query<DueHold>(
    `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
       detected_at_ms AS "detectedAtMs"
     FROM hold_due WHERE hold_id = $1 AND placed_at IS NULL FOR UPDATE`,
    [holdId],
  );
  const { conflicts } = await placeHolds(tx, due, profileOf, atMs, trackOf);
  if (conflicts.length > 0)
    throw new CaseError('hold-conflict', `hold ${holdId} stands for another move already`);
}

/** The keeper's points go back and the driver's are held: both, or neither. */
async function moveHold(
  tx: Queryable,
  house: CaseHouse,
  before: CaseFile,
  after: CaseFile,
  atMs: number,
): Promise<void> {
  if (before.holdId !== null) await ensurePlaced(tx, house, before.holdId, atMs);
  if (after.account === null || after.holdId === null) return;
  await openFor(tx, house, after, after.account, atMs);
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
  account: string,
  atMs: number,
): Promise<void> {
  const law = profileOf(profile.id);
  if (!law)
    throw new CaseError('unknown-profile', `no law profile "${profile.id}" says how ${account} counts`);
  await openAccounts(tx, [{ id: account, terms: accountTerms(law, account) }], atMs);
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
