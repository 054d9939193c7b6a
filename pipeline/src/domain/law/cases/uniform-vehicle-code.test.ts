/** United States, Uniform Vehicle Code (`us-uvc`): § 11-502. A model law: it names no points, each state does. */
import { describe, expect, it } from 'vitest';
import {
  comesToTheKerb,
  goesAhead,
  overtakes,
  standsOnIt,
  staysOnTheOtherHalf,
} from '../../../testing/crossings.ts';
import { clockOf, confirmed, noticed, town } from '../../../testing/town.ts';

const albany = town('us-uvc');
const thursday = '2026-06-18T09:00:00-04:00';
const taken = albany.watches(thursday, goesAhead);

describe('a driver in a state that has adopted the code and named no points', () => {
  it('who passes ahead of somebody on the near half of the road is recorded, and nothing is held', () => {
    expect(taken.found('fail-to-yield')).toMatchObject({ outcome: 'infraction', points: 0 });
    expect(albany.opens(taken, 'fail-to-yield').file).toMatchObject({ points: 0, holdId: null });
    expect(albany.shows({ held: 0, posted: 0 })).toBe(0);
  });

  it('owes nothing to somebody who stays on the other half, and is in no danger there', () => {
    expect(albany.watches(thursday, staysOnTheOtherHalf).found('fail-to-yield')?.outcome).toBe('clear');
  });

  it('owes nothing before the step onto the crosswalk', () => {
    expect(albany.watches(thursday, comesToTheKerb).found('fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'could-not-have-stopped',
    });
  });

  it('may not pass a car that has stopped to let a pedestrian cross, nor stand on the crosswalk', () => {
    const passing = albany.watches(thursday, overtakes).found('overtake-at-crosswalk');
    expect(passing).toMatchObject({ outcome: 'infraction', points: 0 });
    const standing = albany.watches(thursday, standsOnIt).found('stop-on-crosswalk');
    expect(standing).toMatchObject({ outcome: 'infraction', points: 0 });
  });

  it('told on 24 June has ten days to object: until Monday 6 July, for the 4th is a Saturday', () => {
    const walk = noticed(confirmed(albany.opens(taken, 'fail-to-yield'), '2026-06-19T09:00:00-04:00'), {
      keeperTold: '2026-06-22T09:00:00-04:00',
      named: '2026-06-23T09:00:00-04:00',
      driverTold: '2026-06-24T09:00:00-04:00',
    });
    expect(clockOf(walk)).toEqual({ name: 'appeal', lastDay: '2026-07-06' });
  });
});
