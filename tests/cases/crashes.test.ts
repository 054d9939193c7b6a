/** A crash between any two statements: the case and its points are as before, or both are done. */
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database } from '@wayside/pipeline/app/database';
import { readCase } from '@wayside/pipeline/app/cases/case-views';
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { runDueCases } from '@wayside/pipeline/app/cases/run-due';
import { transition } from '@wayside/pipeline/app/cases/transition';
import { placeHolds, type DueHold } from '@wayside/pipeline/app/ledger/place-holds';
import { resolveHold } from '@wayside/pipeline/app/ledger/resolve-hold';
import {
  act,
  balanceOf,
  beginnings,
  recordInfraction,
  testHouse,
  type TestHouse,
} from '@wayside/pipeline/testing/case-house';
import { keeper, plate, system } from '@wayside/pipeline/testing/case-walk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSoundBooks } from './checks.ts';
import { dyingAt } from './dying.ts';

let database: Database;
let house: TestHouse;
let begin: ReturnType<typeof beginnings>;
beforeAll(async () => {
  database = await openTestDatabase();
  house = testHouse(database, '2026-03-02T03:00:00Z');
  begin = beginnings(house);
});
afterAll(() => database.close());

/** Lets `work` die at each of its statements in turn. @returns how many there were. */
async function atEveryStatement(
  work: (on: Database) => Promise<unknown>,
  untouched: () => Promise<void>,
): Promise<number> {
  for (let statement = 1; statement < 100; statement++) {
    const dying = dyingAt(database, statement);
    await work(dying.database).catch(() => undefined);
    if (!dying.died()) return statement - 1;
    await untouched();
  }
  throw new Error('it never came through');
}

const snapshot = async (id: string, accounts: readonly string[]) => ({
  record: await readCase(database, id),
  balances: await Promise.all(accounts.map((account) => balanceOf(database, account))),
});

describe('a crash', () => {
  it('at any statement of posting leaves the points held and the case where it was', async () => {
    const { id, account } = await begin.noticed();
    house.set('2026-03-19T16:00:00Z');
    const before = await snapshot(id, [account]);
    const statements = await atEveryStatement(
      async (on) => {
        // What failed is tried again later; here at once.
        await database.query('UPDATE case_file SET due_at = $2::timestamptz WHERE id = $1', [
          id,
          '2026-03-19T16:00:00Z',
        ]);
        const { failed } = await runDueCases({ ...house, database: on });
        if (failed.length > 0) throw failed[0]!.error;
      },
      async () => expect(await snapshot(id, [account])).toEqual(before),
    );
    expect(statements).toBeGreaterThan(6);
    expect((await readCase(database, id))?.file.state).toBe('posted');
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 3 });
    await expectSoundBooks(database);
  });

  it('at any statement of naming another driver leaves the hold with the keeper, or moves all of it', async () => {
    const { id, account } = await begin.confirmed();
    await act(house, id, '2026-03-04T02:00:00Z', ['notify-keeper', system, 'letter-delivered']);
    const named = plate('named-');
    const before = await snapshot(id, [account, named]);
    const statements = await atEveryStatement(
      (on) =>
        transition({ ...house, database: on }, id, {
          event: 'name-driver',
          actor: keeper(account),
          reason: 'keeper-names-driver',
          driver: named,
        }),
      async () => expect(await snapshot(id, [account, named])).toEqual(before),
    );
    expect(statements).toBeGreaterThan(10);
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 0 });
    expect(await balanceOf(database, named)).toEqual({ held: 3, posted: 0 });
    await expectSoundBooks(database);
  });

  it('at any statement of the sweep opens no half a case', async () => {
    await recordInfraction(database, {
      name: 'swept',
      account: plate('swept-'),
      occurredAt: '2026-03-02T02:00:00Z',
      recordedAt: '2026-03-02T02:00:01Z',
    });
    const counts = () =>
      database.query(
        'SELECT (SELECT count(*) FROM case_file) AS files, (SELECT count(*) FROM case_transition) AS steps',
      );
    const before = await counts();
    await atEveryStatement(
      (on) => openCases({ ...house, database: on }, { all: true }),
      async () => expect(await counts()).toEqual(before),
    );
    expect(await counts()).not.toEqual(before);
    await expectSoundBooks(database);
  });
});

describe('a case that fails', () => {
  it('holds up no other, is named with its error, and is tried again', async () => {
    const [bad, good] = [await begin.noticed(), await begin.noticed()];
    // Somebody resolved the hold by hand: what the case says can no longer be done.
    const { file } = (await readCase(database, bad.id))!;
    await database.transaction(async (tx) => {
      const [hold] = await tx.query<DueHold>(
        `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points, detected_at_ms AS "detectedAtMs"
         FROM hold_due WHERE hold_id = $1`,
        [file.holdId],
      );
      await placeHolds(tx, [hold!], house.profileOf, house.nowMs);
      await resolveHold(tx, file.holdId!, 'release', 'by-hand:mayor', house.nowMs);
    });
    const report = await begin.pass('2026-03-19T16:00:00Z');
    expect(report.moved.posted).toBe(1);
    expect(report.failed).toMatchObject([{ caseId: bad.id, error: { code: 'hold-conflict' } }]);
    expect(await begin.stateOf(bad.id)).toBe('noticed');
    expect(await begin.stateOf(good.id)).toBe('posted');
    expect((await begin.pass('2026-03-19T16:09:00Z')).failed).toEqual([]);
    expect((await begin.pass('2026-03-19T16:10:00Z')).failed).toHaveLength(1);
  });
});
