import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import {
  beginnings,
  recordInfraction,
  testHouse,
  type TestHouse,
  balanceOf,
} from '../../testing/case-house.ts';
import { plate } from '../../testing/case-walk.ts';
import type { Database } from '../database.ts';
import { readCase } from './case-views.ts';
import { openCases } from './open-cases.ts';

let database: Database;
let house: TestHouse;
let begin: ReturnType<typeof beginnings>;

beforeAll(async () => {
  database = await openTestDatabase();
  house = testHouse(database, '2026-03-02T03:00:00Z');
  begin = beginnings(house);
});
afterAll(() => database.close());

describe('the sweep over infractions', () => {
  it('opens one case for each, however often and from however many processes it runs', async () => {
    const { id } = await begin.aCase();
    const [one, two] = await Promise.all([openCases(house, { all: true }), openCases(house)]);
    expect([one.opened, two.opened]).toEqual([0, 0]);
    const record = await readCase(database, id);
    expect(record?.file).toMatchObject({
      state: 'opened',
      version: 1,
      timeZone: 'Asia/Shanghai',
      device: 'cam-1',
    });
    expect(record?.transitions).toHaveLength(1);
  });

  it('finds what was recorded since the last sweep without looking at everything', async () => {
    house.set('2026-03-02T06:00:00Z');
    await openCases(house, { all: true });
    const late = { account: null, occurredAt: '2026-03-02T05:59:00Z' };
    await recordInfraction(database, { ...late, name: 'since', recordedAt: '2026-03-02T05:59:59Z' });
    await recordInfraction(database, { ...late, name: 'long-ago', recordedAt: '2026-03-02T05:00:00Z' });
    expect((await openCases(house)).opened).toBe(1);
    expect((await openCases(house, { all: true })).opened).toBe(1);
  });

  it('names the law profiles that have no process, and leaves their infractions waiting', async () => {
    await recordInfraction(database, {
      name: 'atlantis',
      account: null,
      profile: 'atlantis',
      occurredAt: '2026-03-02T02:00:00Z',
      recordedAt: '2026-03-02T02:00:01Z',
    });
    expect(await openCases(house, { all: true })).toMatchObject({ opened: 0, withoutProcess: ['atlantis'] });
  });

  it('sets aside what two devices saw at once, and gives the second hold back', async () => {
    const account = plate('two-devices-');
    const first = await begin.aCase({ account, device: 'cam-1' });
    const second = await begin.aCase({ account, device: 'cam-2', occurredAt: '2026-03-02T02:00:04Z' });
    const later = await begin.aCase({ account, device: 'cam-2', occurredAt: '2026-03-02T02:01:04Z' });
    expect((await readCase(database, second.id))?.file).toMatchObject({
      state: 'released',
      duplicateOf: first.id,
    });
    expect(await begin.stateOf(first.id)).toBe('opened');
    expect(await begin.stateOf(later.id)).toBe('opened');
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 0 });
    const [{ waiting } = { waiting: -1 }] = await database.query<{ waiting: number }>(
      'SELECT count(*) AS waiting FROM hold_due WHERE account = $1 AND placed_at IS NULL',
      [account],
    );
    expect(waiting).toBe(2);
  });

  it('times a site in an unknown zone by the zone of the process', async () => {
    const { id } = await begin.aCase({ timeZone: 'Asia/Atlantis' });
    expect((await readCase(database, id))?.file.timeZone).toBe('Asia/Shanghai');
  });
});
