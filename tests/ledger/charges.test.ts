/** What a hold takes where the law looks at the person and at the occasion: Italy's novices, at most 15 at once. */
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database } from '@wayside/pipeline/app/database';
import { placeHolds, type DueHold } from '@wayside/pipeline/app/ledger/place-holds';
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { transition } from '@wayside/pipeline/app/cases/transition';
import { tellLicence } from '@wayside/pipeline/app/points/facts';
import { trackOfSchemes } from '@wayside/pipeline/app/points/house';
import { balanceOf, caseIdOf, recordInfraction, testHouse } from '@wayside/pipeline/testing/case-house';
import { officer, plate } from '@wayside/pipeline/testing/case-walk';
import { schemes } from '@wayside/pipeline/testing/points';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSoundBooks } from '../cases/checks.ts';

let database: Database;
beforeAll(async () => (database = await openTestDatabase()));
afterAll(() => database.close());

const NOW = '2026-03-02T03:00:00Z';
const novice = plate('novice-');

function italianHouse() {
  const house = testHouse(database, NOW);
  const chinese = house.profileOf('cn')!;
  const italian: LawProfile = {
    ...chinese,
    id: 'it',
    road: { ...chinese.road, account: { ...chinese.road.account, initial: 20 } },
  };
  const trackOf = trackOfSchemes(schemes);
  return Object.assign(house, {
    schemes,
    trackOf,
    profileOf: (id: string) => (id === 'it' ? italian : undefined),
  });
}

async function found(name: string, points: number, account: string, sameVerdictAs?: string): Promise<string> {
  const infraction = await recordInfraction(database, {
    name,
    account,
    points,
    profile: 'it',
    site: 'via-roma',
    timeZone: 'Europe/Rome',
    occurredAt: '2026-03-02T02:00:00Z',
    recordedAt: '2026-03-02T02:00:01Z',
  });
  if (sameVerdictAs !== undefined)
    await database.query(
      'UPDATE infraction SET verdict_id = (SELECT verdict_id FROM infraction WHERE id = $2) WHERE id = $1',
      [infraction, sameVerdictAs],
    );
  return infraction;
}

const placeAll = () =>
  database.transaction(async (tx) => {
    const { profileOf, trackOf, nowMs } = italianHouse();
    const due = await tx.query<DueHold>(
      `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, scheme, points, 0 AS "detectedAtMs"
       FROM hold_due WHERE placed_at IS NULL ORDER BY points DESC, hold_id`,
    );
    return placeHolds(tx, due, profileOf, nowMs, trackOf);
  });

describe('a hold in Italy', () => {
  it('takes double from a novice, and at most 15 for one occasion, however many groups it comes in', async () => {
    await tellLicence(italianHouse(), { account: novice, firstIssuedOn: '2025-01-01', recordedBy: 'office' });
    const first = await found('first', 5, novice);
    expect((await placeAll()).placed.map(({ points }) => points)).toEqual([10]);
    await found('second', 4, novice, first);
    await found('third', 2, novice, first);
    expect((await placeAll()).placed.map(({ points }) => points)).toEqual([5]);
    expect(await balanceOf(database, novice)).toMatchObject({ held: 15 });
  });

  it('that takes nothing, because the occasion has cost its most, still has a case that can end', async () => {
    const house = italianHouse();
    await openCases(house, { all: true });
    const third = await database.query<{ id: string }>(
      `SELECT infraction_id AS id FROM charge WHERE charged = 0`,
    );
    expect(third).toHaveLength(1);
    const withdrawn = await transition(house, caseIdOf(third[0]!.id), {
      event: 'release',
      actor: officer('li'),
      reason: 'withdrawn-by-authority',
      note: 'x',
    });
    expect(withdrawn).toMatchObject({ kind: 'done', file: { state: 'released' } });
    expect(await balanceOf(database, novice)).toMatchObject({ held: 15 });
  });

  it('is priced anew for the driver that is named: who is no novice owes it once', async () => {
    const house = italianHouse();
    const keeper = plate('beginner-');
    const named = plate('veteran-');
    await tellLicence(house, { account: keeper, firstIssuedOn: '2025-01-01', recordedBy: 'office' });
    const id = caseIdOf(await found('moved', 5, keeper));
    await placeAll();
    expect(await balanceOf(database, keeper)).toMatchObject({ held: 10 });
    await openCases(house, { all: true });
    const step = async (at: string, wanted: Parameters<typeof transition>[2]) => {
      house.set(at);
      expect(await transition(house, id, wanted)).toMatchObject({ kind: 'done' });
    };
    await step('2026-03-03T02:00:00Z', { event: 'assign', actor: officer('li'), reason: 'taken' });
    await step('2026-03-03T02:00:01Z', {
      event: 'confirm',
      actor: officer('li'),
      reason: 'seen-in-evidence',
    });
    await step('2026-03-04T02:00:00Z', {
      event: 'notify-keeper',
      actor: officer('li'),
      reason: 'letter-delivered',
    });
    await step('2026-03-05T02:00:00Z', {
      event: 'name-driver',
      actor: { kind: 'keeper', id: keeper },
      reason: 'keeper-names-driver',
      driver: named,
    });
    expect(await balanceOf(database, keeper)).toMatchObject({ held: 0 });
    expect(await balanceOf(database, named)).toMatchObject({ held: 5 });
  });

  it('and the books are sound after all of it', () => expectSoundBooks(database));
});
