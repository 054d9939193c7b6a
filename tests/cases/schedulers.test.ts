/** Several processes at the same cases: nothing is lost or done twice, on each database. */
import type { Database } from '@wayside/pipeline/app/database';
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { runDueCases } from '@wayside/pipeline/app/cases/run-due';
import { transition } from '@wayside/pipeline/app/cases/transition';
import { migrate } from '@wayside/pipeline/adapters/migrations';
import {
  balanceOf,
  beginnings,
  caseIdOf,
  recordInfraction,
  testHouse,
  type TestHouse,
} from '@wayside/pipeline/testing/case-house';
import { driver, officer, plate } from '@wayside/pipeline/testing/case-walk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseAdapters } from '../conformance/databases.ts';
import { expectSoundBooks } from './checks.ts';

const CASES = 30;

describe.each(databaseAdapters)('several schedulers on $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('', () => {
    let database: Database;
    let house: TestHouse;
    const ids: string[] = [];

    beforeAll(async () => {
      database = await open();
      await migrate(database);
      house = testHouse(database, '2026-03-02T03:00:00Z');
      for (let i = 0; i < CASES; i++)
        ids.push(
          caseIdOf(
            await recordInfraction(database, {
              name: `many-${i}`,
              account: plate(`many-${i % 10}-`),
              occurredAt: new Date(Date.parse('2026-03-02T02:00:00Z') + i * 60_000).toISOString(),
              recordedAt: '2026-03-02T02:59:59Z',
            }),
          ),
        );
    });
    afterAll(() => database.close());

    it('open each case once', async () => {
      const opened = await Promise.all(Array.from({ length: 4 }, () => openCases(house, { all: true })));
      const again = await openCases(house, { all: true });
      expect(opened.reduce((sum, report) => sum + report.opened, again.opened)).toBe(CASES);
      const [{ count } = { count: 0 }] = await database.query<{ count: number }>(
        'SELECT count(*) AS count FROM case_file',
      );
      expect(count).toBe(CASES);
    });

    it('act on each lapse once, and leave ten accounts with nothing held', async () => {
      house.set('2026-03-09T16:00:00Z');
      const reports = await Promise.all(Array.from({ length: 4 }, () => runDueCases(house)));
      expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
      expect(reports.reduce((sum, { moved }) => sum + (moved.released ?? 0), 0)).toBe(CASES);
      for (let i = 0; i < 10; i++)
        expect(await balanceOf(database, plate(`many-${i}-`))).toEqual({ held: 0, posted: 0 });
      await expectSoundBooks(database);
      expect(await runDueCases(house)).toMatchObject({ looked: 0, moved: {} });
    });

    it('and a driver who appeals at the last moment: one of both comes first, and the points follow it', async () => {
      const begin = beginnings(house);
      for (let round = 0; round < 6; round++) {
        const { id, account } = await begin.noticed({
          account: plate(`race-${round}-`),
          name: `race-${round}`,
        });
        house.set('2026-03-19T15:59:59.999Z');
        const late = { ...house, clock: () => Date.parse('2026-03-19T16:00:00Z') };
        const [appeal] = await Promise.all([
          transition(house, id, { event: 'appeal', actor: driver(account), reason: 'disputes-facts' }),
          runDueCases(late),
          runDueCases(late),
        ]);
        const posted = (await balanceOf(database, account))?.posted ?? 0;
        expect([appeal.kind, posted]).toEqual(appeal.kind === 'done' ? ['done', 0] : ['refused', 3]);
      }
      await expectSoundBooks(database);
    });

    it('and two officers who call two cases duplicates of each other: one stays', async () => {
      const begin = beginnings(house);
      const [a, b] = [
        await begin.aCase({ account: plate('mutual-a-'), name: 'mutual-a' }),
        await begin.aCase({ account: plate('mutual-b-'), name: 'mutual-b' }),
      ];
      const mark = (id: string, duplicateOf: string, who: string) =>
        transition(house, id, {
          event: 'mark-duplicate',
          actor: officer(who),
          reason: 'same-event-two-devices',
          duplicateOf,
        });
      const both = await Promise.all([mark(a.id, b.id, 'li'), mark(b.id, a.id, 'wu')]);
      expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    });
  });
});
