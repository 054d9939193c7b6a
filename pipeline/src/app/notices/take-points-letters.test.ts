import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import { act, beginnings, testHouse, type TestHouse } from '../../testing/case-house.ts';
import { driver } from '../../testing/case-walk.ts';
import { memoryChannel, noticeHouse } from '../../testing/office.ts';
import type { Database } from '../database.ts';
import { noteLetters } from '../points/letters.ts';
import { sendDue } from './send-due.ts';
import { takePointsLetters } from './take-points-letters.ts';

let database: Database;
let house: TestHouse;
beforeAll(async () => {
  database = await openTestDatabase();
  house = testHouse(database, '2026-03-02T03:00:00Z');
});
afterAll(() => database.close());

describe('letters that points call for', () => {
  it('are taken once each, and sent as warnings and apologies', async () => {
    const { id, account } = await beginnings(house).noticed();
    await act(house, id, '2026-03-10T02:00:00Z', ['accept', driver(account), 'paid']);
    const [found] = await database.query<{ infraction: string }>(
      'SELECT infraction_id AS infraction FROM case_file WHERE id = $1',
      [id],
    );
    const common = { account, cause: 'test', dueAtMs: house.nowMs };
    await noteLetters(database, [
      {
        ...common,
        id: '11111111-1111-5111-8111-111111111111',
        letter: 'licence-withheld',
        details: { at: 3, standing: 3 },
      },
      {
        ...common,
        id: '22222222-2222-5222-8222-222222222222',
        letter: 'reversed',
        details: { infraction: found?.infraction, points: 3, reason: 'The camera stood askew.' },
      },
    ]);
    expect(await takePointsLetters(house)).toBe(2);
    expect(await takePointsLetters(house)).toBe(0);

    const channel = memoryChannel();
    await sendDue(noticeHouse(house, { channel }), AbortSignal.timeout(10_000));
    const letters = new Map(channel.sent.map((letter) => [letter.kind, letter.html]));
    expect(letters.get('warning')).toContain('应当扣留机动车驾驶证');
    expect(letters.get('reversal')).toContain('The camera stood askew.');
  });
});
