/** One mistake taken back, in the transaction of the caller. Locks case_file, hold_due (one row each), then balances. */
import { deriveId } from '@wayside/contracts/ids';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { isEnd } from '../../domain/case/table.ts';
import { takeBackTransfer, type Transfer } from '../../domain/ledger/transfer.ts';
import type { CaseHouse } from '../cases/house.ts';
import { lockCase } from '../cases/rows.ts';
import { takeSteps } from '../cases/take-steps.ts';
import type { Queryable } from '../database.ts';
import { makeMoves } from '../ledger/make-moves.ts';
import { termsOf } from '../ledger/open-accounts.ts';
import { placeHolds, type DueHold } from '../ledger/place-holds.ts';
import { resolveHold } from '../ledger/resolve-hold.ts';
import { noteLetters } from '../points/letters.ts';
import type { ReversalBatch, ReversalItem } from './reversal-batch.ts';

export interface ItemOutcome {
  readonly infraction: string;
  /**
   * reversed: a posted entry · released: a hold, with its case · nothing-left: it was given back before · waits: an open
   * hold can only be released whole; run the batch again once it is decided · exists: this batch has done it.
   */
  readonly outcome: 'reversed' | 'released' | 'nothing-left' | 'waits' | 'exists' | 'unknown';
  readonly account: string | null;
  readonly points: number;
}

export interface ReversalWork {
  readonly batch: Pick<ReversalBatch, 'id' | 'reason'>;
  readonly officer: string;
  readonly item: ReversalItem;
}

export async function reverseItem(house: CaseHouse, work: ReversalWork): Promise<ItemOutcome> {
  const { database: tx } = house;
  const { infraction } = work.item;
  const file = await caseOf(tx, infraction);
  // Two who run the same batch at the same time: the second finds what the first has done.
  await tx.query('SELECT 1 FROM hold_due WHERE infraction_id = $1 FOR UPDATE', [infraction]);
  const done = await doneBefore(tx, work);
  if (done) return done;
  if (file && !isEnd(file.state)) return releaseCase(house, work, file);
  const entry = await entryOf(tx, infraction);
  if (entry) return reverseEntry(house, work, entry);
  return releaseHold(house, work);
}

async function caseOf(tx: Queryable, infraction: string): Promise<CaseFile | undefined> {
  const [row] = await tx.query<{ readonly id: string }>('SELECT id FROM case_file WHERE infraction_id = $1', [
    infraction,
  ]);
  return row && lockCase(tx, row.id);
}

async function doneBefore(tx: Queryable, { batch, item }: ReversalWork): Promise<ItemOutcome | undefined> {
  const [row] = await tx.query<{ readonly account: string | null; readonly points: number }>(
    'SELECT account, points FROM reversal_item WHERE batch_id = $1 AND infraction_id = $2',
    [batch.id, item.infraction],
  );
  return row && { infraction: item.infraction, outcome: 'exists', ...row };
}

/** The clocks come first, as in every step of a case: what had lapsed before has lapsed, and may have ended it. */
async function releaseCase(house: CaseHouse, work: ReversalWork, file: CaseFile): Promise<ItemOutcome> {
  const { batch, officer, item } = work;
  if (item.back !== 'all') return outcomeOf(work, 'waits', file.account, 0);
  const nowMs = house.clock();
  const taken = await takeSteps(house.database, house, file, nowMs, {
    command: {
      event: 'release',
      actor: { kind: 'officer', id: officer },
      atMs: nowMs,
      reason: 'withdrawn-by-authority',
      note: batch.reason,
      reference: batch.id,
    },
    check: () => Promise.resolve(undefined),
  });
  const { account, holdId, state } = taken.file;
  if (state === 'released')
    return keep(house, work, outcomeOf(work, 'released', account, await pointsHeld(house.database, holdId)));
  const entry = await entryOf(house.database, item.infraction);
  if (entry) return reverseEntry(house, work, entry);
  throw new Error(`case ${file.id} could not be released: ${taken.refused?.detail ?? state}`);
}

async function pointsHeld(tx: Queryable, holdId: string | null): Promise<number> {
  if (holdId === null) return 0;
  const [row] = await tx.query<{ readonly points: number }>('SELECT points FROM transfer WHERE id = $1', [
    holdId,
  ]);
  return row?.points ?? 0;
}

interface PostedEntry extends Pick<Transfer, 'id' | 'account' | 'infractionId'> {
  readonly points: number;
  readonly taken: number;
}

async function entryOf(tx: Queryable, infraction: string): Promise<PostedEntry | undefined> {
  const [entry] = await tx.query<Omit<PostedEntry, 'taken'>>(
    `SELECT id, account, infraction_id AS "infractionId", points FROM transfer WHERE infraction_id = $1 AND kind = 'post'`,
    [infraction],
  );
  if (!entry) return undefined;
  await tx.query('SELECT 1 FROM balance WHERE account = $1 FOR UPDATE', [entry.account]);
  const [sum] = await tx.query<{ readonly taken: number }>(
    'SELECT coalesce(sum(points), 0) AS taken FROM transfer WHERE entry_id = $1',
    [entry.id],
  );
  return { ...entry, taken: sum?.taken ?? 0 };
}

async function reverseEntry(house: CaseHouse, work: ReversalWork, entry: PostedEntry): Promise<ItemOutcome> {
  const { database: tx } = house;
  const { batch, item } = work;
  const left = entry.points - entry.taken;
  const points = item.back === 'all' ? left : Math.min(item.back, left);
  if (points === 0) return keep(house, work, outcomeOf(work, 'nothing-left', entry.account, 0));
  const terms = (await termsOf(tx, [entry.account])).get(entry.account);
  if (!terms) throw new Error(`account ${entry.account} has an entry, but is not there`);
  const cause = `reversal:${batch.id}`;
  const nowMs = house.clock();
  const transfer = takeBackTransfer(entry, terms, { kind: 'reverse', points, cause, effectiveAtMs: null });
  await makeMoves(tx, [transfer], nowMs);
  await noteLetters(tx, [
    {
      id: deriveId('letter', entry.account, 'reversed', transfer.id),
      account: entry.account,
      letter: 'reversed',
      cause,
      dueAtMs: nowMs,
      details: { infraction: item.infraction, points, reason: batch.reason },
    },
  ]);
  return keep(house, work, outcomeOf(work, 'reversed', entry.account, points));
}

/** An infraction that no case was opened for: its law profile has no process here. */
async function releaseHold(house: CaseHouse, work: ReversalWork): Promise<ItemOutcome> {
  const { database: tx, profileOf, trackOf } = house;
  const { batch, item } = work;
  const nowMs = house.clock();
  const [due] = await tx.query<DueHold & { readonly placed: boolean }>(
    `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points,
       detected_at_ms AS "detectedAtMs", placed_at IS NOT NULL AS placed
     FROM hold_due WHERE infraction_id = $1 FOR UPDATE`,
    [item.infraction],
  );
  if (!due) return outcomeOf(work, await isRecorded(tx, item.infraction), null, 0);
  if (item.back !== 'all') return outcomeOf(work, 'waits', due.account, 0);
  if (!due.placed) await placeHolds(tx, [due], profileOf, nowMs, trackOf);
  const resolved = await resolveHold(tx, due.holdId, 'release', `reversal:${batch.id}`, nowMs);
  if (resolved.kind !== 'resolved') return keep(house, work, outcomeOf(work, 'nothing-left', due.account, 0));
  return keep(house, work, outcomeOf(work, 'released', due.account, resolved.transfer.points));
}

async function isRecorded(tx: Queryable, infraction: string): Promise<'nothing-left' | 'unknown'> {
  const rows = await tx.query('SELECT 1 FROM infraction WHERE id = $1', [infraction]);
  return rows.length > 0 ? 'nothing-left' : 'unknown';
}

const outcomeOf = (
  { item }: ReversalWork,
  outcome: ItemOutcome['outcome'],
  account: string | null,
  points: number,
): ItemOutcome => ({ infraction: item.infraction, outcome, account, points });

async function keep(house: CaseHouse, { batch }: ReversalWork, done: ItemOutcome): Promise<ItemOutcome> {
  await house.database.query(
    `INSERT INTO reversal_item (batch_id, infraction_id, outcome, account, points, at)
     VALUES ($1, $2, $3, $4, $5, $6::timestamptz)`,
    [
      batch.id,
      done.infraction,
      done.outcome,
      done.account,
      done.points,
      new Date(house.clock()).toISOString(),
    ],
  );
  return done;
}
