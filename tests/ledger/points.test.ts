/** Points go up again, standing is asked, and nothing that was written can be rewritten. */
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database } from '@wayside/pipeline/app/database';
import { balanceAsOf } from '@wayside/pipeline/app/ledger/balance-as-of';
import { makeMoves } from '@wayside/pipeline/app/ledger/make-moves';
import { liftDecision, restrictPurchase, withholdLicence } from '@wayside/pipeline/app/points/decide';
import { tellCourse, tellLicence, tellPayment } from '@wayside/pipeline/app/points/facts';
import { runDuePoints } from '@wayside/pipeline/app/points/run-due-points';
import { askStanding, standingOf, type StandingQuestion } from '@wayside/pipeline/app/points/standing';
import type { PointsHouse } from '@wayside/pipeline/app/points/house';
import { takeBackTransfer } from '@wayside/pipeline/domain/ledger/transfer';
import {
  act,
  balanceOf,
  beginnings,
  testHouse,
  type OpenedInTest,
  type TestHouse,
} from '@wayside/pipeline/testing/case-house';
import { driver, officer, plate, system, ticket } from '@wayside/pipeline/testing/case-walk';
import { schemes } from '@wayside/pipeline/testing/points';
import { readCase } from '@wayside/pipeline/app/cases/case-views';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSoundBooks } from '../cases/checks.ts';
import { makeWorld } from './world.ts';

let database: Database;
let house: TestHouse & PointsHouse;
let begin: ReturnType<typeof beginnings>;
beforeAll(async () => {
  database = await openTestDatabase();
  house = Object.assign(testHouse(database, '2026-03-02T03:00:00Z'), { schemes });
  begin = beginnings(house);
});
afterAll(() => database.close());

const noticedFor = async (name: string, points: number): Promise<OpenedInTest> =>
  begin.noticed({ name, account: plate(`${name.split('.')[0] ?? name}-`), points });

/** Accepted by the driver on 10 March: final and posted at once. */
async function posted(name: string, points: number, why: 'paid' | 'accepted-as-is' = 'paid') {
  const opened = await noticedFor(name, points);
  await makeWorld(database, 0).placeHolds();
  await act(house, opened.id, '2026-03-10T02:00:00Z', ['accept', driver(opened.account), why]);
  const { file } = (await readCase(database, opened.id))!;
  return { ...opened, infraction: file.infractionId };
}

const passPoints = (at: string) => {
  house.set(at);
  return runDuePoints(house);
};
const told = { recordedBy: 'office' };

describe('posted points in China', () => {
  it('are cleared at the end of the cycle where the fine is paid, by one of any number of schedulers', async () => {
    const { account } = await posted('cleared', 3);
    await tellLicence(house, { account, firstIssuedOn: '2015-06-01', ...told });
    await passPoints('2026-05-31T15:59:00Z');
    expect(await balanceOf(database, account)).toMatchObject({ posted: 3 });
    house.set('2026-05-31T16:00:30Z');
    const reports = await Promise.all([1, 2, 3].map(() => runDuePoints(house)));
    expect(reports.reduce((sum, { moved }) => sum + moved.restore, 0)).toBe(3);
    expect(await balanceOf(database, account)).toMatchObject({ posted: 0 });
    expect(await passPoints('2026-06-01T16:00:30Z')).toMatchObject({ looked: 0 });
  });

  it('wait where it is unpaid; a payment told late has its effect since the end of the cycle', async () => {
    const { account, infraction } = await posted('late', 3, 'accepted-as-is');
    await tellLicence(house, { account, firstIssuedOn: '2015-06-01', ...told });
    await passPoints('2026-06-02T00:00:00Z');
    expect(await balanceOf(database, account)).toMatchObject({ posted: 3 });
    const payment = {
      infractionId: infraction,
      paidAtMs: Date.parse('2026-05-20T00:00:00Z'),
      reference: 'p-1',
    };
    expect(await tellPayment(house, { ...payment, ...told })).toEqual({ kind: 'recorded' });
    expect(await tellPayment(house, { ...payment, ...told })).toEqual({ kind: 'exists' });
    await passPoints('2026-06-05T00:00:00Z');
    const then = Date.parse('2026-06-01T00:00:00Z');
    expect(await balanceAsOf(database, account, then, 'written')).toMatchObject({ posted: 3 });
    expect(await balanceAsOf(database, account, then, 'law')).toMatchObject({ posted: 0 });
    expect(await balanceAsOf(database, account, Date.parse('2026-06-05T00:00:00Z'))).toMatchObject({
      posted: 0,
    });
  });

  it('are given back by courses up to the cap, each certificate once', async () => {
    const { account } = await posted('school', 6);
    house.set('2026-03-11T00:00:00Z');
    const course = (reference: string) =>
      tellCourse(house, { account, course: 'on-site', completedAtMs: house.nowMs, reference, ...told });
    const answers = await Promise.all([course('a'), course('a'), course('b')]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['exists', 'granted', 'granted']);
    await course('c');
    expect(await course('d')).toEqual({ kind: 'refused', reason: 'cap-reached' });
    await passPoints('2026-03-12T00:00:00Z');
    expect(await balanceOf(database, account)).toMatchObject({ posted: 0 });
    expect(
      await tellCourse(house, { account, course: 'juggling', completedAtMs: 0, reference: 'x', ...told }),
    ).toMatchObject({ reason: 'not-offered' });
  });

  it('are looked at again later where a look fails, and hold up no other account', async () => {
    const { account } = await posted('failing', 3);
    await passPoints('2026-03-10T03:00:00Z');
    const broken: PointsHouse = {
      ...house,
      database: { ...database, transaction: () => Promise.reject(new Error('down')) },
    };
    await database.query('UPDATE points_clock SET due_at = $2::timestamptz WHERE account = $1', [
      account,
      '2026-03-10T03:00:00Z',
    ]);
    const { failed } = await runDuePoints(broken);
    expect(failed).toMatchObject([{ account }]);
    expect((await passPoints('2026-03-10T03:09:00Z')).looked).toBe(0);
    expect((await passPoints('2026-03-10T03:11:00Z')).looked).toBe(1);
  });
});

async function transferOf(infraction: string, kind: string): Promise<string> {
  const sql = 'SELECT id FROM transfer WHERE infraction_id = $1 AND kind = $2';
  const [row] = await database.query<{ id: string }>(sql, [infraction, kind]);
  return row!.id;
}

describe('a move of points', () => {
  it('made again is the same move; under the same id another move is an error', async () => {
    const { account, infraction } = await posted('same', 3);
    const post = await transferOf(infraction, 'post');
    const take = (points: number) =>
      database.transaction((tx) =>
        makeMoves(
          tx,
          [
            takeBackTransfer(
              { id: post, account, infractionId: infraction },
              { scheme: 'cn', counts: 'down' },
              { kind: 'restore', points, cause: 'grace:1', effectiveAtMs: null },
            ),
          ],
          house.nowMs,
        ),
      );
    expect(await take(1)).toMatchObject({ made: [{ points: 1 }], existing: [] });
    expect(await take(1)).toMatchObject({ made: [], existing: [{ points: 1 }] });
    await expect(take(2)).rejects.toMatchObject({ code: 'conflict' });
    expect(await balanceOf(database, account)).toMatchObject({ posted: 2 });
  });

  it('that takes back more than is left of an entry is refused by the database itself', async () => {
    const { account, infraction } = await posted('greedy', 3);
    const post = await transferOf(infraction, 'post');
    const take = (cause: string, entry: string) =>
      database.transaction((tx) =>
        makeMoves(
          tx,
          [
            takeBackTransfer(
              { id: entry, account, infractionId: infraction },
              { scheme: 'cn', counts: 'down' },
              { kind: 'reverse', points: 2, cause, effectiveAtMs: null },
            ),
          ],
          house.nowMs,
        ),
      );
    const both = await Promise.allSettled([take('r:1', post), take('r:2', post)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const hold = await transferOf(infraction, 'hold');
    await expect(take('r:3', hold)).rejects.toThrow('no posted debit');
    expect(await balanceOf(database, account)).toMatchObject({ posted: 1 });
  });

  it.each([
    ['transfer', 'points = 1'],
    ['standing_query', `purpose = 'none'`],
    ['education_credit', 'points = 6'],
    ['fine_payment', `reference = 'x'`],
  ])('in %s cannot be rewritten, by trigger nor by the role the house works under', async (table, set) => {
    const statements = [`UPDATE ${table} SET ${set}`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`];
    await askStanding(house, {
      account: plate('nobody-'),
      asOfMs: 0,
      office: 'house',
      askedBy: 'li',
      purpose: 'x',
    });
    for (const sql of statements) await expect(database.query(sql)).rejects.toThrow('immutable');
    for (const sql of statements)
      await expect(
        database.transaction(async (tx) => {
          await tx.query('SET LOCAL ROLE wayside_house');
          await tx.query(sql);
        }),
      ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('standing', () => {
  const ask = (question: Partial<StandingQuestion> & { account: string }) =>
    askStanding(house, { asOfMs: house.nowMs, office: 'house', askedBy: 'li', purpose: 'test', ...question });

  it('says what is left, what is held, and that the limit is reached, at any moment', async () => {
    const { account } = await posted('standing.1', 6);
    await posted('standing.2', 6);
    house.set('2026-03-20T00:00:00Z');
    expect(await ask({ account })).toMatchObject({
      kind: 'standing',
      available: 0,
      posted: 12,
      limitReached: true,
      licence: 'to-be-withheld',
      letters: [{ letter: 'licence-withheld' }],
    });
    expect(await ask({ account, asOfMs: Date.parse('2026-03-09T00:00:00Z') })).toMatchObject({
      held: 12,
      posted: 0,
      limitReached: false,
      licence: 'good',
    });
    expect(await ask({ account, asOfMs: 0 })).toEqual({ kind: 'unknown-account', account });
  });

  it('notes the letter that is due once, for whoever writes letters', async () => {
    await passPoints('2026-03-20T01:00:00Z');
    await database.query(`UPDATE points_clock SET due_at = '2026-03-20T01:00:00Z'`);
    await passPoints('2026-03-20T01:00:01Z');
    const letters = await database.query<{ letter: string }>(
      'SELECT letter FROM points_letter WHERE account = $1',
      [plate('standing-')],
    );
    expect(letters).toEqual([{ letter: 'licence-withheld' }]);
  });

  it('withholds a licence only where a person decides it, with reasons, and gives it back', async () => {
    const account = plate('standing-');
    const decided = await withholdLicence(house, { account, officer: 'zhao', reasons: '12 points' });
    expect(decided.kind).toBe('decided');
    expect(await withholdLicence(house, { account, officer: 'qian', reasons: '12 points' })).toMatchObject({
      kind: 'exists',
    });
    expect(await ask({ account })).toMatchObject({ licence: 'withheld' });
    if (decided.kind !== 'decided') return;
    house.set(house.nowMs + 86_400_000);
    expect(
      await liftDecision(house, {
        account,
        decision: decided.id,
        officer: 'zhao',
        reasons: 'course and examination passed',
      }),
    ).toMatchObject({ kind: 'decided' });
    expect(
      await liftDecision(house, { account, decision: decided.id, officer: 'zhao', reasons: 'again' }),
    ).toMatchObject({ kind: 'refused' });
    expect(await ask({ account })).toMatchObject({ licence: 'to-be-withheld' });
    expect(
      await withholdLicence(house, { account: plate('cleared-'), officer: 'zhao', reasons: 'x' }),
    ).toMatchObject({ reason: 'limit-not-reached' });
  });

  it('keeps a passenger from buying for 180 days from the end of the seven working days, by decision only', async () => {
    const { id, account } = await begin.aCase({
      name: 'seat',
      kind: 'report',
      site: 'cr/G334',
      account: ticket('seat-'),
      points: 1,
    });
    await act(house, id, '2026-03-03T02:00:00Z', ['assign', officer('li'), 'taken']);
    await act(house, id, '2026-03-03T02:05:00Z', ['confirm', officer('li'), 'seen-in-evidence']);
    await act(house, id, '2026-03-04T02:00:00Z', ['notify-driver', system, 'letter-delivered']);
    const decide = () =>
      restrictPurchase(house, { caseId: id, officer: 'wu', reasons: 'asked twice, refused twice' });
    expect(await decide()).toMatchObject({ reason: 'not-final' });
    await begin.pass('2026-03-13T16:00:00Z');
    const buys = (at: string, operator = 'cr') =>
      ask({ account, office: 'ticket-office', operator, asOfMs: Date.parse(at) });
    expect(await buys('2026-03-20T00:00:00Z')).toMatchObject({ mayBuy: true });
    house.set('2026-03-16T02:00:00Z');
    expect(await decide()).toMatchObject({ kind: 'decided', untilMs: Date.parse('2026-09-09T16:00:00Z') });
    expect(await decide()).toMatchObject({ kind: 'exists' });
    expect(await buys('2026-03-20T00:00:00Z')).toEqual({
      kind: 'purchase',
      account,
      asOf: '2026-03-20T00:00:00.000Z',
      mayBuy: false,
      until: '2026-09-09T16:00:00.000Z',
    });
    expect(await buys('2026-03-20T00:00:00Z', 'other')).toMatchObject({ mayBuy: true });
    expect(await buys('2026-09-09T16:00:00Z')).toMatchObject({ mayBuy: true });
  });

  it('answers each office its own question only, and writes every question down', async () => {
    const road = plate('standing-');
    expect(await ask({ account: road, office: 'ticket-office', operator: 'cr' })).toEqual({
      kind: 'refused',
      reason: 'not-this-office',
    });
    expect(await ask({ account: ticket('seat-'), office: 'licensing' })).toMatchObject({
      reason: 'not-this-office',
    });
    expect(await ask({ account: ticket('seat-'), office: 'ticket-office' })).toMatchObject({
      reason: 'no-operator-named',
    });
    const rows = await database.query<{ answered: boolean; asked_by: string }>(
      'SELECT answered, asked_by FROM standing_query ORDER BY id DESC LIMIT 3',
    );
    expect(rows).toEqual([1, 2, 3].map(() => ({ answered: false, asked_by: 'li' })));
  });

  it('is undefined for an account that was never opened', async () => {
    expect(await standingOf(database, house, plate('never-'), house.nowMs)).toBeUndefined();
  });
});

it('and the books are sound after all of it', () => expectSoundBooks(database));
