import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import { act, beginnings, recordInfraction, testHouse, type TestHouse } from '../../testing/case-house.ts';
import { driver, officer } from '../../testing/case-walk.ts';
import type { Database } from '../database.ts';
import { waitingFor } from './case-views.ts';
import { openCases } from './open-cases.ts';
import { runDueCases } from './run-due.ts';
import { transition } from './transition.ts';

let database: Database;
let house: TestHouse;
let begin: ReturnType<typeof beginnings>;

beforeAll(async () => {
  database = await openTestDatabase();
  house = testHouse(database, '2026-03-02T03:00:00Z');
  begin = beginnings(house);
});
afterAll(() => database.close());

describe('what is written', () => {
  it.each([
    ['case_transition', `UPDATE case_transition SET note = 'never mind'`],
    ['case_transition', 'DELETE FROM case_transition'],
    ['case_transition', 'TRUNCATE case_transition'],
    ['case_file', 'DELETE FROM case_file'],
    ['law_process', `UPDATE law_process SET body = '{}'`],
  ])('in %s cannot be rewritten: %s', async (_table, sql) => {
    await begin.confirmed();
    await expect(database.query(sql)).rejects.toThrow(/immutable/);
  });

  it('ends each case once: a second end is refused by the database itself', async () => {
    const { id } = await begin.aCase();
    await begin.pass('2026-04-09T16:00:00Z');
    expect(await begin.stateOf(id)).toBe('released');
    await expect(
      database.query(
        `INSERT INTO case_transition SELECT case_id, position + 1, event, to_state, 'posted', actor_kind, actor_id, at, reason,
           note, profile, profile_version, process_version, details
         FROM case_transition WHERE case_id = $1 ORDER BY position DESC LIMIT 1`,
        [id],
      ),
    ).rejects.toThrow(/case_end/);
  });

  it('of a process is not to be edited without a new version', async () => {
    await begin.aCase();
    const process = house.processes.get('cn')!;
    const edited = new Map([['cn', { ...process, title: 'Another title' }]]);
    await recordInfraction(database, {
      name: 'edited',
      account: null,
      occurredAt: '2026-03-02T02:00:00Z',
      recordedAt: '2026-03-02T02:00:01Z',
    });
    await expect(openCases({ ...house, processes: edited }, { all: true })).rejects.toMatchObject({
      code: 'process-edited',
    });
    await openCases(house, { all: true });
  });

  it('of an old case stays: a new wording counts for new cases only', async () => {
    const { id } = await begin.noticed();
    const process = house.processes.get('cn')!;
    const road = { ...process.road, periods: { ...process.road.periods } };
    road.periods.appeal = { ...process.road.periods.appeal!, days: 30 };
    const newer = { ...process, version: '2026-08-01', road };
    const later = {
      ...house,
      clock: () => Date.parse('2026-03-19T16:00:00Z'),
      processes: new Map([['cn', newer]]),
    };
    await runDueCases(later);
    expect(await begin.stateOf(id)).toBe('posted');
  });
});

describe('officers', () => {
  it('see what they may take: not in another’s hands, and not what they have had before them already', async () => {
    const { id, account } = await begin.noticed();
    await act(house, id, '2026-03-10T02:00:00Z', ['appeal', driver(account), 'disputes-facts']);
    const mine = async (who: string) => (await waitingFor(house, 'appeal', who)).map((file) => file.id);
    expect(await mine('li')).not.toContain(id);
    expect(await mine('wu')).toContain(id);
    await act(house, id, '2026-03-10T02:00:00Z', ['assign', officer('wu'), 'taken']);
    expect(await mine('zhao')).not.toContain(id);
    house.set('2026-03-10T03:00:00Z');
    expect(await mine('zhao')).toContain(id);
  });

  it('who take a case at the same moment: one has it', async () => {
    const { id } = await begin.aCase();
    const take = (who: string) =>
      transition(house, id, { event: 'assign', actor: officer(who), reason: 'taken' });
    const taken = await Promise.all(['li', 'wu', 'zhao', 'qian'].map(take));
    expect(taken.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(
      taken.filter((result) => result.kind === 'refused' && result.code === 'assigned-to-another'),
    ).toHaveLength(3);
  });
});
