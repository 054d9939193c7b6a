import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse } from './house.ts';
import { reports } from './messages.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

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
});
