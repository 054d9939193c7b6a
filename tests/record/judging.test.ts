import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '@wayside/pipeline/app/database';
import { runJudge } from '@wayside/pipeline/app/judging/run-judge';
import { openHouse, type TestHouse } from './house.ts';
import { reports } from './messages.ts';
import { dyingAt, empty, storedRows } from './rows.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => empty(house.database));
afterAll(() => house.close());

const count = async (table: string): Promise<number | undefined> =>
  (await house.database.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n;

describe('the judge of a partition', () => {
  it('records verdicts, infractions, evidence and holds that are due, and moves its cursor', async () => {
    await house.log.append(reports(20));
    expect(await house.judgeAll()).toEqual({ kind: 'stopped' });
    const [counts] = await house.database.query(`SELECT
      (SELECT count(*) FROM verdict) AS verdicts, (SELECT count(*) FROM infraction) AS infractions,
      (SELECT count(*) FROM evidence) AS evidence, (SELECT count(*) FROM hold_due) AS due,
      (SELECT committed_offset FROM judge_cursor) AS committed`);
    expect(counts).toEqual({ verdicts: 20, infractions: 14, evidence: 14, due: 12, committed: 20 });
  });

  it('keeps an infraction of somebody who cannot be identified, and holds nothing', async () => {
    await house.log.append(reports(7, 7).slice(0, 1));
    await house.judgeAll();
    expect(await house.database.query('SELECT account, points > 0 AS points FROM infraction')).toEqual([
      { account: null, points: true },
    ]);
    expect(await count('hold_due')).toBe(0);
  });

  it('gives the same rows in whatever pieces the log is read', async () => {
    const undisturbed = await judged(100);
    for (const batchSize of [1, 3, 7]) expect(await judged(batchSize)).toEqual(undisturbed);
  });

  async function judged(batchSize: number) {
    await empty(house.database);
    await house.log.append(reports(20));
    await house.judgeAll({ batchSize });
    return storedRows(house.database);
  }

  it('adds nothing when the log is judged again', async () => {
    const once = await judged(10);
    await house.judgeAll();
    expect(await storedRows(house.database)).toEqual(once);
  });

  it('adds nothing even where the cursor was set back', async () => {
    const once = await judged(10);
    await house.database.query('UPDATE judge_cursor SET committed_offset = 0, resume_offset = 1');
    await house.judgeAll({ batchSize: 4 });
    expect({ ...(await storedRows(house.database)), counter: once['counter'] }).toEqual(once);
  });

  it('leaves the same rows when it dies between any two steps and is started again', async () => {
    const undisturbed = await judged(6);
    for (let step = 1; ; step++) {
      await empty(house.database);
      await house.log.append(reports(20));
      const died = await house.judgeAll({ batchSize: 6, database: dyingAt(step, house.database) }).then(
        () => false,
        () => true,
      );
      if (!died) {
        expect(step).toBeGreaterThan(20);
        return;
      }
      await house.judgeAll({ batchSize: 6 });
      expect(await storedRows(house.database), `died at step ${step}`).toEqual(undisturbed);
    }
  }, 120_000);

  it('stops when another judge takes the partition over, and writes nothing more', async () => {
    await house.log.append(reports(10));
    const older = runJudge(0, house.parts(), AbortSignal.timeout(20_000));
    await expect.poll(() => count('verdict')).toBe(10);
    await house.judgeAll();
    await house.log.append(reports(1, 11));
    const rows = await storedRows(house.database);
    expect(await older).toEqual({ kind: 'fenced' });
    expect(await storedRows(house.database)).toEqual(rows);
  });

  it('touches the database only where there is something to record', async () => {
    await house.log.append(reports(3));
    await house.judgeAll();
    let transactions = 0;
    const watched: Database = {
      query: (sql, params) => house.database.query(sql, params),
      transaction: (work) => {
        transactions += 1;
        return house.database.transaction(work);
      },
      close: () => house.database.close(),
    };
    await house.judgeAll({ database: watched });
    expect(transactions).toBe(0);
  });

  it('tells the pages what was recorded, and wakes whoever places holds, after the commit', async () => {
    house.events.length = 0;
    let woken = 0;
    await house.log.append(reports(3));
    await house.judgeAll({ wake: () => (woken += 1) });
    expect(house.events.map(({ kind }) => kind)).toEqual([
      'verdict',
      'verdict',
      'verdict',
      'infraction',
      'infraction',
    ]);
    expect(woken).toBe(1);
  });
});
