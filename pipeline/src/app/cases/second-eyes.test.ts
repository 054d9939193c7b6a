/** Sampled second reviews and the suspension of devices, in a house where every decision is looked at twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import { act, caseIdOf, recordInfraction, testHouse, type TestHouse } from '../../testing/case-house.ts';
import { officer, plate, system } from '../../testing/case-walk.ts';
import type { Database } from '../database.ts';
import { blindTo, readCase, waitingFor } from './case-views.ts';
import { isSuspended, reportDevices, trustAgain } from './device-trust.ts';
import { openCases } from './open-cases.ts';
import { runDueCases } from './run-due.ts';
import { transition } from './transition.ts';

let count = 0;

async function aCase(house: TestHouse, device: string): Promise<string> {
  count += 1;
  const infraction = await recordInfraction(house.database, {
    name: `s${count}`,
    account: plate(`s${count}-`),
    device,
    occurredAt: '2026-03-02T02:00:00Z',
    recordedAt: '2026-03-02T02:00:01Z',
  });
  house.set('2026-03-02T03:00:00Z');
  await openCases(house, { all: true });
  return caseIdOf(infraction);
}

async function review(
  house: TestHouse,
  id: string,
  event: 'confirm' | 'reject',
  who = 'li',
): Promise<string> {
  const at = '2026-03-03T02:00:00Z';
  await act(house, id, at, ['assign', officer(who), 'taken']);
  const reason = event === 'confirm' ? 'seen-in-evidence' : 'view-obstructed';
  return (await act(house, id, at, [event, officer(who), reason])).state;
}

describe('a second review', () => {
  let database: Database;
  let house: TestHouse;
  beforeAll(async () => {
    database = await openTestDatabase();
    house = testHouse(database, '2026-03-02T03:00:00Z', 1000);
  });
  afterAll(() => database.close());

  it('is made without seeing what the first reviewer said', async () => {
    const [one, two] = [await aCase(house, 'cam-1'), await aCase(house, 'cam-1')];
    expect(await review(house, one, 'confirm')).toBe('second-review');
    expect(await review(house, two, 'reject')).toBe('second-review');
    const seen = async (id: string) => {
      const { file, transitions } = blindTo((await readCase(database, id))!);
      return { reviews: file.reviews, steps: transitions.map(({ event, reason }) => [event, reason]) };
    };
    expect(await seen(one)).toEqual(await seen(two));
    expect((await seen(one)).reviews).toEqual([]);
  });

  it('is offered to every officer but the first', async () => {
    const id = await aCase(house, 'cam-1');
    await review(house, id, 'confirm', 'li');
    const offered = async (who: string) =>
      (await waitingFor(house, 'second-review', who)).map((file) => file.id).includes(id);
    expect([await offered('li'), await offered('wu')]).toEqual([false, true]);
  });

  it('that agrees confirms, and that disagrees gives the points back', async () => {
    const [agreed, disagreed] = [await aCase(house, 'cam-1'), await aCase(house, 'cam-1')];
    await review(house, agreed, 'confirm');
    await review(house, disagreed, 'confirm');
    expect(await review(house, agreed, 'confirm', 'wu')).toBe('confirmed');
    expect(await review(house, disagreed, 'reject', 'wu')).toBe('released');
    const record = await readCase(database, disagreed);
    expect(blindTo(record!)).toEqual(record);
  });
});

describe('a device', () => {
  let database: Database;
  let house: TestHouse;
  beforeAll(async () => {
    database = await openTestDatabase();
    house = testHouse(database, '2026-03-02T03:00:00Z');
  });
  afterAll(() => database.close());

  it('is suspended once more than one in ten of at least twenty decided was wrong', async () => {
    const final = await aCase(house, 'cam-9');
    await review(house, final, 'confirm');
    await act(house, final, '2026-03-03T03:00:00Z', ['name-driver', officer('li'), 'stopped-on-the-spot'], {
      driver: plate('driver'),
    });
    await act(house, final, '2026-03-03T03:01:00Z', ['notify-driver', system, 'served-in-person']);
    for (let i = 0; i < 17; i++) await review(house, await aCase(house, 'cam-9'), 'confirm');
    await review(house, await aCase(house, 'cam-9'), 'reject');
    expect(await isSuspended(database, 'cam-9')).toBe(false); // 1 of 19
    await review(house, await aCase(house, 'cam-9'), 'reject');
    expect(await isSuspended(database, 'cam-9')).toBe(false); // 2 of 20 is one in ten, not more
    await review(house, await aCase(house, 'cam-9'), 'reject');
    expect(await isSuspended(database, 'cam-9')).toBe(true); // 3 of 21

    const fresh = await aCase(house, 'cam-9');
    await act(house, fresh, '2026-03-03T04:00:00Z', ['assign', officer('li'), 'taken']);
    const refused = await transition(house, fresh, {
      event: 'confirm',
      actor: officer('li'),
      reason: 'seen-in-evidence',
    });
    expect(refused).toMatchObject({ code: 'device-suspended' });

    house.set('2026-03-13T16:00:00Z');
    await runDueCases(house);
    expect((await readCase(database, final))?.file).toMatchObject({
      state: 'final',
      blockedBy: 'device-suspended',
    });
    expect(await reportDevices(database)).toMatchObject([
      { device: 'cam-9', decided: 21, wrong: 3, suspended: true },
    ]);
  });

  it('is trusted again by a person; what waited for it is then posted, and the count begins anew', async () => {
    expect(await trustAgain(house, 'cam-9', 'zhao', 'Lens cleaned, test card read.')).toBe(true);
    expect(await trustAgain(house, 'cam-9', 'zhao', 'again')).toBe(false);
    expect(await isSuspended(database, 'cam-9')).toBe(false);
    const { moved } = await runDueCases(house);
    expect(moved).toEqual({ posted: 1 });
    await review(house, await aCase(house, 'cam-9'), 'reject');
    expect(await isSuspended(database, 'cam-9')).toBe(false);
  });
});
