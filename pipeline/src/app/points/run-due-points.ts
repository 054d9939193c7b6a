/** Points that go up by law are moved, and letters that are due because of how many stand are noted. Any number of
 *  processes may run it at the same time. */
import { deriveId } from '@wayside/contracts/ids';
import type { PointsScheme } from '@wayside/contracts/points-scheme';
import { bonusTransfer, takeBackTransfer, type Transfer } from '../../domain/ledger/transfer.ts';
import { duePoints } from '../../domain/points/due-moves.ts';
import type { AccountHistory } from '../../domain/points/history.ts';
import { lettersDue } from '../../domain/points/letters.ts';
import type { PointsMove } from '../../domain/points/rule.ts';
import type { Queryable } from '../database.ts';
import { makeMoves } from '../ledger/make-moves.ts';
import { trackIn, type PointsHouse } from './house.ts';
import { noteLetters, type PointsLetter } from './letters.ts';
import { readHistory } from './read-history.ts';

export interface DuePointsReport {
  /** Accounts that this run had under its hands. */
  readonly looked: number;
  /** Points that went up, by kind of move. */
  readonly moved: Readonly<Record<PointsMove['kind'], number>>;
  readonly letters: number;
  /** Tried again some minutes later. */
  readonly failed: readonly { readonly account: string; readonly error: unknown }[];
}

export interface DuePointsLimits {
  /** How many accounts at most; what is left is due still. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

const PAGE = 200;
const RETRY_MS = 10 * 60_000;

export async function runDuePoints(
  house: PointsHouse,
  limits: DuePointsLimits = {},
): Promise<DuePointsReport> {
  const nowMs = house.clock();
  const failed: { readonly account: string; readonly error: unknown }[] = [];
  const moved = { restore: 0, expire: 0, award: 0 };
  let looked = 0;
  let letters = 0;
  for await (const account of dueAccounts(house, nowMs, limits)) {
    const seen = await lookAt(house, account, nowMs).catch(async (error: unknown) => {
      failed.push({ account, error });
      await setDue(house.database, account, nowMs + RETRY_MS);
      return undefined;
    });
    if (!seen) continue;
    looked += 1;
    letters += seen.letters;
    for (const { kind, points } of seen.moves) moved[kind] += points;
  }
  return { looked, moved, letters, failed };
}

interface Place {
  readonly account: string;
  readonly dueAt: string;
}

/** Goes through what is due once, the longest due first. */
async function* dueAccounts(
  { database, schemes }: PointsHouse,
  nowMs: number,
  { limit = 10_000, signal }: DuePointsLimits,
): AsyncGenerator<string> {
  let after: Place = { dueAt: '-infinity', account: '' };
  for (let open = limit; open > 0;) {
    const page = await database.query<Place>(
      `SELECT c.account, c.due_at::text AS "dueAt" FROM points_clock c JOIN account a ON a.id = c.account
       WHERE c.due_at <= $1::timestamptz AND (c.due_at, c.account) > ($2::timestamptz, $3) AND a.scheme = ANY($5::text[])
       ORDER BY c.due_at, c.account LIMIT $4`,
      [new Date(nowMs).toISOString(), after.dueAt, after.account, Math.min(PAGE, open), [...schemes.keys()]],
    );
    for (const place of page) {
      if (signal?.aborted) return;
      after = place;
      open -= 1;
      yield place.account;
    }
    if (page.length === 0) return;
  }
}

interface Seen {
  readonly moves: readonly PointsMove[];
  readonly letters: number;
}

/** @returns undefined where another process has the account, or has done it. */
const lookAt = ({ database, schemes }: PointsHouse, account: string, nowMs: number) =>
  database.transaction(async (tx): Promise<Seen | undefined> => {
    if (!(await lockDue(tx, account, nowMs))) return undefined;
    const history = await readHistory(tx, account);
    const scheme = history && schemes.get(history.terms.scheme);
    if (!scheme) return undefined;
    const { moves, nextMs } = duePoints(history, trackIn(scheme, account), scheme.timeZone.id, nowMs);
    await makeMoves(
      tx,
      moves.map((move) => transferOf(history, move)),
      nowMs,
    );
    const letters = await noteLetters(tx, lettersOf(history, scheme, nowMs));
    await setDue(tx, account, nextMs);
    return { moves, letters };
  });

/** The balance first, as everybody does who moves points; whoever comes second finds that nothing is due any more. */
async function lockDue(tx: Queryable, account: string, nowMs: number): Promise<boolean> {
  const locked = await tx.query('SELECT 1 FROM balance WHERE account = $1 FOR UPDATE SKIP LOCKED', [account]);
  if (locked.length === 0) return false;
  const due = await tx.query(
    'SELECT 1 FROM points_clock WHERE account = $1 AND due_at <= $2::timestamptz FOR UPDATE',
    [account, new Date(nowMs).toISOString()],
  );
  return due.length > 0;
}

async function setDue(tx: Queryable, account: string, atMs: number | null): Promise<void> {
  if (atMs === null) await tx.query('DELETE FROM points_clock WHERE account = $1', [account]);
  else
    await tx.query('UPDATE points_clock SET due_at = $2::timestamptz WHERE account = $1', [
      account,
      new Date(atMs).toISOString(),
    ]);
}

function transferOf({ account, terms, entries }: AccountHistory, move: PointsMove): Transfer {
  const { kind, entryId, points, cause, effectiveAtMs } = move;
  if (kind === 'award') return bonusTransfer(account, terms, { points, cause, effectiveAtMs });
  const entry = entries.find(({ id }) => id === entryId);
  if (!entry) throw new Error(`${account} has no entry ${entryId ?? ''} for ${cause}`);
  const from = { id: entry.id, account, infractionId: entry.infractionId };
  return takeBackTransfer(from, terms, { kind, points, cause, effectiveAtMs });
}

function lettersOf(history: AccountHistory, scheme: PointsScheme, nowMs: number): readonly PointsLetter[] {
  const { account, entries } = history;
  return lettersDue(entries, trackIn(scheme, account), nowMs).map(
    ({ letter, at, entryId, sinceMs, standing }) => ({
      id: deriveId('letter', account, letter, entryId),
      account,
      letter,
      cause: `entry:${entryId}`,
      dueAtMs: nowMs,
      details: { at, standing, since: new Date(sinceMs).toISOString() },
    }),
  );
}
