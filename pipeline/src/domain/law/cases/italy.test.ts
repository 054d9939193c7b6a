/** Italy (`it`): Codice della strada art. 126-bis, 191, 201, 203, 204. */
import { describe, expect, it } from 'vitest';
import { comesToTheKerb, goesAhead, standsAtTheKerb, standsOnIt } from '../../../testing/crossings.ts';
import { system } from '../../../testing/case-walk.ts';
import { clockOf, confirmed, noticed, objects, town } from '../../../testing/town.ts';

const turin = town('it');
const monday = '2026-03-02T12:00:00+01:00';
const taken = turin.watches(monday, goesAhead);
const opened = () => confirmed(turin.opens(taken, 'fail-to-yield'), '2026-03-03T09:00:00+01:00');
const told = () =>
  noticed(opened(), {
    keeperTold: '2026-04-01T09:00:00+02:00',
    named: '2026-05-29T09:00:00+02:00',
    driverTold: '2026-06-02T09:00:00+02:00',
  });

describe('a driver in Turin', () => {
  it('who does not stop for somebody on the crosswalk has 8 of 20 points held', () => {
    expect(taken.found('fail-to-yield')).toMatchObject({ outcome: 'infraction', points: 8 });
    expect(turin.charges(taken, 'fail-to-yield')).toBe(8);
    expect(turin.shows({ held: 8, posted: 0 })).toBe(12);
  });

  it('owes the way also to who is about to cross, but not to who only stands there', () => {
    expect(turin.watches(monday, comesToTheKerb).found('fail-to-yield')?.outcome).toBe('infraction');
    expect(turin.watches(monday, standsAtTheKerb).found('fail-to-yield')?.outcome).toBe('clear');
  });

  it('who has the licence for less than three years loses double, but never more than 15 on one occasion', () => {
    expect(turin.charges(taken, 'fail-to-yield', { firstIssuedOn: '2023-03-02' })).toBe(8);
    expect(turin.charges(taken, 'fail-to-yield', { firstIssuedOn: '2023-03-03' })).toBe(15);
  });

  it('who stands on the crosswalk is recorded, and nothing is held', () => {
    const seen = turin.watches(monday, standsOnIt);
    expect(seen.found('stop-on-crosswalk')).toMatchObject({ outcome: 'infraction', points: 0 });
  });
});

describe('the clocks of a case in Turin', () => {
  it('give the keeper 60 days to name the driver, and let the points go if nobody is named', () => {
    const walk = opened().do('notify-keeper', system, '2026-04-01T09:00:00+02:00', 'letter-delivered');
    // Sixty days from 1 April are 31 May, a Sunday; 1 June is a Monday, 2 June a holiday.
    expect(clockOf(walk)).toEqual({ name: 'naming', lastDay: '2026-06-01' });
    expect(walk.pass('2026-06-02T00:00:00+02:00').file.state).toBe('released');
  });

  it('hold the 8 points for 60 days from the notice: told on 2 June, until Monday 3 August', () => {
    expect(clockOf(told())).toEqual({ name: 'appeal', lastDay: '2026-08-03' });
    expect(told().pass('2026-08-03T23:59:59+02:00').file.state).toBe('noticed');
  });

  it('give the points back where the prefect is silent for 210 days', () => {
    const walk = objects(told(), '2026-06-10T09:00:00+02:00');
    expect(clockOf(walk)).toEqual({ name: 'decision', lastDay: '2027-01-07' });
    expect(walk.pass('2027-01-07T23:59:59+01:00').file.state).toBe('appealed');
    expect(walk.pass('2027-01-08T00:00:00+01:00').file.state).toBe('released');
  });
});
