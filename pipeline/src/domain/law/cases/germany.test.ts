/** Germany (`de`): StVO § 26, Bußgeldkatalog 113-114, StVG § 4, OWiG § 67. */
import { describe, expect, it } from 'vitest';
import {
  comesToTheKerb,
  goesAhead,
  overtakes,
  standsAtTheKerb,
  standsOnIt,
} from '../../../testing/crossings.ts';
import { clockOf, confirmed, noticed, objects, town } from '../../../testing/town.ts';

const bonn = town('de');
const tuesday = '2026-12-01T12:00:00+01:00';
const taken = bonn.watches(tuesday, goesAhead);

describe('a driver in Bonn', () => {
  it('who does not let somebody cross has 1 point put on, towards the 8 at which the licence goes', () => {
    expect(taken.found('fail-to-yield')).toMatchObject({ outcome: 'infraction', points: 1 });
    expect(bonn.charges(taken, 'fail-to-yield')).toBe(1);
    expect(bonn.shows({ held: 1, posted: 0 })).toBe(1);
    expect(bonn.profile.road.account.limit).toBe(8);
  });

  it('owes the way to who recognisably wants to cross: from a second before the step onto the crosswalk', () => {
    const finding = bonn.watches(tuesday, comesToTheKerb).found('fail-to-yield');
    expect(finding).toMatchObject({ outcome: 'infraction', reason: 'went-ahead-of-pedestrian', points: 1 });
    // A second earlier than in China or the UK, where the same driver could not have stopped.
    expect(finding?.measures.requiredDecelerationMps2).toBeLessThan(3);
  });

  it('owes nothing to who only stands near the crosswalk', () => {
    expect(bonn.watches(tuesday, standsAtTheKerb).found('fail-to-yield')).toMatchObject({ outcome: 'clear' });
  });

  it('who overtakes there has 1 point put on, and who stands on it none (5 € are no point)', () => {
    expect(bonn.charges(bonn.watches(tuesday, overtakes), 'overtake-at-crosswalk')).toBe(1);
    const standing = bonn.watches(tuesday, standsOnIt);
    expect(standing.found('stop-on-crosswalk')).toMatchObject({ outcome: 'infraction', points: 0 });
    expect(bonn.opens(standing, 'stop-on-crosswalk').file.holdId).toBeNull();
  });
});

describe('the clocks of a case in Bonn', () => {
  const told = () =>
    noticed(confirmed(bonn.opens(taken, 'fail-to-yield'), '2026-12-02T09:00:00+01:00'), {
      keeperTold: '2026-12-07T09:00:00+01:00',
      named: '2026-12-09T09:00:00+01:00',
      driverTold: '2026-12-11T09:00:00+01:00',
    });

  it('hold the point for two weeks from service: from 11 December over Christmas until Monday the 28th', () => {
    const walk = told();
    expect(clockOf(walk)).toEqual({ name: 'appeal', lastDay: '2026-12-28' });
    expect(walk.pass('2026-12-28T23:59:59+01:00').file.state).toBe('noticed');
    expect(walk.pass('2026-12-29T00:00:00+01:00').file.state).toBe('posted');
  });

  it('count no point before the decision is final: an objection keeps it held', () => {
    const walk = objects(told(), '2026-12-28T18:00:00+01:00').pass('2027-03-01T00:00:00+01:00');
    expect(walk.file.state).toBe('appealed');
  });
});
