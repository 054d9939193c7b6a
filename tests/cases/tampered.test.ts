/** `verify` finds what was changed behind the state machine's back. */
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database, Queryable } from '@wayside/pipeline/app/database';
import { caseChecks } from '@wayside/pipeline/app/verify/case-checks';
import { act, beginnings, testHouse, type TestHouse } from '@wayside/pipeline/testing/case-house';
import { driver, keeper, officer, plate, system } from '@wayside/pipeline/testing/case-walk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let database: Database;
let house: TestHouse;
beforeAll(async () => {
  database = await openTestDatabase();
  house = testHouse(database, '2026-03-02T03:00:00Z');
  const begin = beginnings(house);
  const { id, account } = await begin.confirmed();
  await act(house, id, '2026-03-04T02:00:00Z', ['notify-keeper', system, 'letter-delivered']);
  await act(house, id, '2026-03-05T02:00:00Z', ['name-driver', keeper(account), 'keeper-names-driver'], {
    driver: plate('named-'),
  });
  const appealed = await begin.noticed();
  await act(house, appealed.id, '2026-03-12T02:00:00Z', ['appeal', driver(appealed.account), 'disputes-law']);
  await act(house, appealed.id, '2026-03-12T03:00:00Z', ['assign', officer('wu'), 'taken']);
  await act(house, appealed.id, '2026-03-12T03:00:00Z', ['dismiss', officer('wu'), 'facts-stand'], {
    note: 'x',
  });
});
afterAll(() => database.close());

const faulty = async (on: Queryable) =>
  (await caseChecks(on)).filter(({ ok }) => !ok).map(({ name }) => name);

/** Past all triggers, in a transaction that is undone. */
async function afterTampering(sql: string): Promise<readonly string[]> {
  const undo = new Error('undo');
  let seen: readonly string[] = [];
  await database
    .transaction(async (tx) => {
      await tx.query(`SET LOCAL session_replication_role = 'replica'`);
      await tx.query(sql);
      seen = await faulty(tx);
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  return seen;
}

const POSTED = `(SELECT id FROM case_file WHERE state = 'posted')`;

describe('the checks of cases', () => {
  it('find nothing wrong with what was done by the rules', async () => {
    expect(await faulty(database)).toEqual([]);
  });

  it.each([
    ['a step removed', `DELETE FROM case_transition WHERE position = 2`, 'cases: histories'],
    [
      'a step turned around',
      `UPDATE case_transition SET from_state = 'final' WHERE position = 3`,
      'cases: histories',
    ],
    ['a head moved on', `UPDATE case_file SET version = version + 1`, 'cases: histories'],
    ['a head that says another account', `UPDATE case_file SET account = 'road:plate_x'`, 'cases: heads'],
    ['an infraction that is gone', 'DELETE FROM infraction', 'cases: infractions'],
    ['a posting taken back', `DELETE FROM transfer WHERE kind = 'post'`, 'cases: ends'],
    [
      'a posting without a notice',
      `UPDATE case_transition SET event = 'escalate' WHERE event = 'notify-driver'`,
      'cases: due process',
    ],
    [
      'a reviewer who decided the appeal',
      `UPDATE case_transition SET actor_id = 'li' WHERE event = 'dismiss' AND case_id = ${POSTED}`,
      'cases: two pairs of eyes',
    ],
    [
      'a hold moved to nobody who was named',
      `UPDATE case_transition SET details = '{}' WHERE event = 'name-driver'`,
      'ledger: holds moved',
    ],
    ['a hold of no cause', `UPDATE transfer SET cause = 'mayor' WHERE kind = 'hold'`, 'ledger: holds moved'],
  ])('find %s', async (_what, sql, caughtBy) => {
    expect(await afterTampering(sql)).toContain(caughtBy);
  });
});
