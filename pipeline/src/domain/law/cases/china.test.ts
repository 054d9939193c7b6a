/** China (`cn`): Road Traffic Safety Law art. 43, 47, Order 163, Order 157. Weekdays of 2026; 4-6 April is Qingming. */
import { describe, expect, it } from 'vitest';
import {
  comesToTheKerb,
  givesWay,
  goesAhead,
  overtakes,
  runsAcross,
  sixLanes,
  staysOnTheOtherHalf,
  standsOnIt,
} from '../../../testing/crossings.ts';
import { officer, system } from '../../../testing/case-walk.ts';
import { clockOf, confirmed, DRIVER, noticed, objects, town } from '../../../testing/town.ts';

const chongqing = town('cn');
const thursday = '2026-03-19T17:30:00+08:00';
const taken = chongqing.watches(thursday, goesAhead);

/** Thursday the 19th: seen. Friday: confirmed. Wednesday the 25th: the driver is told. */
const untilNoticed = () =>
  noticed(confirmed(chongqing.opens(taken, 'fail-to-yield'), '2026-03-20T09:00:00+08:00'), {
    keeperTold: '2026-03-23T10:00:00+08:00',
    named: '2026-03-24T10:00:00+08:00',
    driverTold: '2026-03-25T10:00:00+08:00',
  });

describe('a driver in Chongqing who passes 1.1 s ahead of a pedestrian, half a lane from its own', () => {
  it('did not give way (art. 47), which takes 3 of 12 points (Order 163 art. 11(7)): 9 are left while they are held', () => {
    expect(taken.found('fail-to-yield')).toMatchObject({
      outcome: 'infraction',
      reason: 'went-ahead-of-pedestrian',
      measures: { petSeconds: 1.1, firstThrough: 'vehicle', minSpeedMps: 8 },
    });
    expect(chongqing.charges(taken, 'fail-to-yield')).toBe(3);
    expect(chongqing.shows({ held: 3, posted: 0 })).toBe(9);
  });

  it('is let go if no person has looked within five working days: by Thursday the 26th', () => {
    const walk = chongqing.opens(taken, 'fail-to-yield');
    expect(clockOf(walk)).toEqual({ name: 'review', lastDay: '2026-03-26' });
    expect(walk.pass('2026-03-26T23:59:59+08:00').file.state).toBe('opened');
    expect(walk.pass('2026-03-27T00:00:00+08:00').file.state).toBe('released');
  });

  it('is told on 25 March, so the 3 points are held until 7 April is over: ten days would end in Qingming', () => {
    const walk = untilNoticed();
    expect(clockOf(walk)).toEqual({ name: 'appeal', lastDay: '2026-04-07' });
    expect(walk.pass('2026-04-07T23:59:59+08:00').file.state).toBe('noticed');
    expect(walk.pass('2026-04-08T00:00:00+08:00').file.state).toBe('posted');
    expect(chongqing.shows({ held: 0, posted: 3 })).toBe(9);
  });

  it('who objects on the last evening keeps the points held until somebody else has decided', () => {
    const walk = objects(untilNoticed(), '2026-04-07T23:50:00+08:00').pass('2026-06-01T00:00:00+08:00');
    expect(walk.file.state).toBe('appealed');
    const reviewer = walk.tryOne({
      event: 'assign',
      by: officer('li'),
      at: '2026-06-01T09:00:00+08:00',
      why: 'taken',
    });
    expect(reviewer).toMatchObject({ kind: 'refused' });
    walk
      .do('assign', officer('wu'), '2026-06-01T09:00:00+08:00', 'taken')
      .do('uphold', officer('wu'), '2026-06-01T09:30:00+08:00', 'measurement-wrong', {
        note: 'Out of focus.',
      });
    expect(walk.file.state).toBe('released');
    expect(chongqing.shows({ held: 0, posted: 0 })).toBe(12);
  });

  it('loses the licence with the fourth such case in a cycle: 12 of 12 points', () => {
    expect(chongqing.shows({ held: 3, posted: 9 })).toBe(chongqing.profile.road.account.limit);
  });

  it('stopped on the spot is told at once, and the ten days run from that day', () => {
    const walk = confirmed(chongqing.opens(taken, 'fail-to-yield'), '2026-03-19T17:40:00+08:00')
      .do('name-driver', officer('li'), '2026-03-19T17:45:00+08:00', 'stopped-on-the-spot', {
        driver: DRIVER,
      })
      .do('notify-driver', system, '2026-03-19T17:50:00+08:00', 'served-in-person');
    // The 29th is a Sunday.
    expect(clockOf(walk)).toEqual({ name: 'appeal', lastDay: '2026-03-30' });
  });
});

describe('a driver in Chongqing', () => {
  it('who stops for the pedestrian loses nothing', () => {
    const finding = chongqing.watches(thursday, givesWay).found('fail-to-yield');
    expect(finding).toMatchObject({ outcome: 'clear', reason: 'gave-way', points: 0 });
  });

  it('owes nothing to somebody on the other half of the road, nor to one who runs up two lanes away', () => {
    const other = chongqing.watches(thursday, staysOnTheOtherHalf).found('fail-to-yield');
    expect(other).toMatchObject({ outcome: 'clear', points: 0 });
    const runner = chongqing.watches(thursday, runsAcross, sixLanes).found('fail-to-yield');
    expect(runner).toMatchObject({ outcome: 'clear', reason: 'pedestrian-not-owed' });
  });

  it('owes nothing yet to somebody who only walks up to the kerb, and cannot be blamed for one who then steps out', () => {
    const finding = chongqing.watches(thursday, comesToTheKerb).found('fail-to-yield');
    expect(finding).toMatchObject({ outcome: 'clear', reason: 'could-not-have-stopped' });
  });

  it('who overtakes a car that stands for a pedestrian (art. 43(4)) has 3 points held (Order 163 art. 11(4))', () => {
    const seen = chongqing.watches(thursday, overtakes);
    expect(seen.found('overtake-at-crosswalk')).toMatchObject({ outcome: 'infraction', points: 3 });
    expect(chongqing.opens(seen, 'overtake-at-crosswalk').file.holdId).not.toBeNull();
  });

  it('who stands on the crosswalk (Regulations art. 53) is recorded, and nothing is held: no item of Order 163 names it', () => {
    const seen = chongqing.watches(thursday, standsOnIt);
    expect(seen.found('stop-on-crosswalk')).toMatchObject({ outcome: 'infraction', points: 0 });
    expect(chongqing.opens(seen, 'stop-on-crosswalk').file).toMatchObject({ points: 0, holdId: null });
  });
});
