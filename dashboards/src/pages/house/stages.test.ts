import type { Counters } from '@wayside/contracts/http';
import { describe, expect, it } from 'vitest';
import { stagesOf } from './stages.ts';

const counters: Counters = {
  intake: { received: 110, stored: 100, duplicate: 6, deadLettered: 3, inFlight: 1 },
  judge: { stored: 100, judged: 98, waiting: 2, observations: 5000, late: 0 },
  record: { verdicts: 20, infraction: 8, clear: 10, undecided: 2 },
  holds: { infractions: 8, held: 5, pending: 1, unidentified: 1, none: 1 },
  balanced: true,
  faults: [],
};

describe('the equations of the books', () => {
  it('hold where everything is accounted for', () => {
    expect(stagesOf(counters).map(({ offBy }) => offBy)).toEqual([0, 0, 0, 0]);
  });

  it('are worked out here, whatever the house says of itself', () => {
    const wrong = { ...counters, holds: { ...counters.holds, held: 3 } };
    expect(stagesOf(wrong).map(({ offBy }) => offBy)).toEqual([0, 0, 0, 2]);
  });

  it('show what one stage has handed on and the next has not yet taken', () => {
    const behind = { ...counters, judge: { ...counters.judge, stored: 97, judged: 95 } };
    expect(stagesOf(behind)[0]?.onTheWay).toBe(3);
  });
});
