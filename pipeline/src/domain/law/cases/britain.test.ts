/** United Kingdom (`uk`): zebra crossings; Road Traffic Offenders Act s. 1, Road Traffic Act s. 172. */
import { describe, expect, it } from 'vitest';
import {
  comesToTheKerb,
  goesAhead,
  overtakes,
  runsAcross,
  sixLanes,
  standsAtTheKerb,
  staysOnTheOtherHalf,
  withIsland,
} from '../../../testing/crossings.ts';
import { clockOf, confirmed, noticed, town } from '../../../testing/town.ts';

const leeds = town('uk');
const monday = '2026-12-07T08:30:00Z';
const taken = leeds.watches(monday, goesAhead);
const opened = () => confirmed(leeds.opens(taken, 'fail-to-yield'), '2026-12-08T09:00:00Z');

describe('a driver in Leeds', () => {
  it('who passes 1.1 s ahead of somebody who has moved onto the crossing has 3 points put on, towards 12', () => {
    expect(taken.found('fail-to-yield')).toMatchObject({
      outcome: 'infraction',
      measures: { petSeconds: 1.1 },
    });
    expect(leeds.charges(taken, 'fail-to-yield')).toBe(3);
    expect(leeds.shows({ held: 3, posted: 0 })).toBe(3);
    expect(leeds.profile.road.account.limit).toBe(12);
  });

  it('owes the way on the whole crossing: also to one who runs up two lanes away', () => {
    expect(leeds.watches(monday, runsAcross, sixLanes).found('fail-to-yield')).toMatchObject({
      outcome: 'infraction',
      points: 3,
    });
  });

  it('is accused of nothing beside one who stands on the other half: whether to cross or not, a person must see', () => {
    expect(leeds.watches(monday, staysOnTheOtherHalf).found('fail-to-yield')).toMatchObject({
      outcome: 'undecided',
      reason: 'pedestrian-intent-unclear',
      points: 0,
    });
  });

  it('owes nothing beyond a refuge: with one, the same crossing is two', () => {
    expect(leeds.watches(monday, goesAhead, withIsland).found('fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'pedestrian-not-owed',
    });
  });

  it('owes nothing to whoever has not moved onto the crossing yet', () => {
    expect(leeds.watches(monday, standsAtTheKerb).found('fail-to-yield')?.outcome).toBe('clear');
    expect(leeds.watches(monday, comesToTheKerb).found('fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'could-not-have-stopped',
    });
  });

  it('who overtakes a car that stands at the crossing has 3 points put on', () => {
    const seen = leeds.watches(monday, overtakes);
    expect(leeds.charges(seen, 'overtake-at-crosswalk')).toBe(3);
  });
});

describe('the clocks of a case in Leeds', () => {
  it('let the points go if no letter has reached the keeper 14 days after the offence, whatever holiday that is', () => {
    const walk = opened();
    expect(clockOf(walk)).toEqual({ name: 'keeperNotice', lastDay: '2026-12-21' });
    expect(walk.pass('2026-12-21T23:59:59Z').file.state).toBe('confirmed');
    expect(walk.pass('2026-12-22T00:00:00Z').file.state).toBe('released');
  });

  it('give the keeper 28 days to name the driver, over New Year', () => {
    const walk = opened().do(
      'notify-keeper',
      { kind: 'system', id: 'wayside' },
      '2026-12-10T09:00:00Z',
      'letter-delivered',
    );
    expect(clockOf(walk)).toEqual({ name: 'naming', lastDay: '2027-01-07' });
  });

  it('hold the 3 points for the ten days in which the driver may object: told on 16 December, until 29 December', () => {
    const walk = noticed(opened(), {
      keeperTold: '2026-12-10T09:00:00Z',
      named: '2026-12-14T09:00:00Z',
      driverTold: '2026-12-16T09:00:00Z',
    });
    // The 26th is a Saturday; Monday the 28th is kept in its place.
    expect(clockOf(walk)).toEqual({ name: 'appeal', lastDay: '2026-12-29' });
    expect(walk.pass('2026-12-29T23:59:59Z').file.state).toBe('noticed');
    expect(walk.pass('2026-12-30T00:00:00Z').file.state).toBe('posted');
  });
});
