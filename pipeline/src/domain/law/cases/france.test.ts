/** France (`fr`): Code de la route R415-11, L223-1, L223-2; Code de procédure pénale 529-10. */
import { describe, expect, it } from 'vitest';
import { comesToTheKerb, goesAhead, overtakes, standsAtTheKerb } from '../../../testing/crossings.ts';
import { clockOf, confirmed, noticed, town } from '../../../testing/town.ts';

const lyon = town('fr');
const monday = '2026-03-23T09:00:00+01:00';
const taken = lyon.watches(monday, goesAhead);

describe('a driver in Lyon', () => {
  it('who refuses the way to somebody engaged on the crosswalk has 6 of 12 points held', () => {
    expect(taken.found('fail-to-yield')).toMatchObject({ outcome: 'infraction', points: 6 });
    expect(lyon.charges(taken, 'fail-to-yield')).toBe(6);
    expect(lyon.shows({ held: 6, posted: 0 })).toBe(6);
  });

  it('owes the way also to who clearly shows the intention, but not to who only stands there', () => {
    expect(lyon.watches(monday, comesToTheKerb).found('fail-to-yield')?.outcome).toBe('infraction');
    expect(lyon.watches(monday, standsAtTheKerb).found('fail-to-yield')?.outcome).toBe('clear');
  });

  it('loses at most 8 points on one occasion: 6 for the first infraction leave 2 for the second', () => {
    expect(lyon.charges(taken, 'fail-to-yield', { alreadyCharged: 6 })).toBe(2);
    expect(lyon.charges(taken, 'fail-to-yield', { alreadyCharged: 8 })).toBe(0);
  });

  it('who overtakes at the crosswalk is recorded, and nothing is held: no number of points was found for it', () => {
    const seen = lyon.watches(monday, overtakes);
    expect(seen.found('overtake-at-crosswalk')).toMatchObject({ outcome: 'infraction', points: 0 });
    expect(lyon.opens(seen, 'overtake-at-crosswalk').file.holdId).toBeNull();
  });

  it('told on 1 April has 45 days to contest: the points are held until Monday 18 May is over, then taken', () => {
    const walk = noticed(confirmed(lyon.opens(taken, 'fail-to-yield'), '2026-03-24T09:00:00+01:00'), {
      keeperTold: '2026-03-27T09:00:00+01:00',
      named: '2026-03-30T09:00:00+02:00',
      driverTold: '2026-04-01T09:00:00+02:00',
    });
    // 16 May is a Saturday.
    expect(clockOf(walk)).toEqual({ name: 'appeal', lastDay: '2026-05-18' });
    expect(walk.pass('2026-05-18T23:59:59+02:00').file.state).toBe('noticed');
    expect(walk.pass('2026-05-19T00:00:00+02:00').file.state).toBe('posted');
  });

  it('two such cases take the licence: 12 of 12', () => {
    expect(lyon.shows({ held: 6, posted: 6 })).toBe(lyon.profile.road.account.limit);
  });
});
