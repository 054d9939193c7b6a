import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemeOf } from '../../testing/points.ts';
import { dayOfIso } from '../calendar/local-day.ts';
import { chargeOf, type ChargeFacts } from './charge.ts';

const facts = (given: Partial<ChargeFacts>): ChargeFacts => ({
  base: 8,
  firstIssuedOn: null,
  occurredOn: dayOfIso('2026-03-02'),
  alreadyCharged: 0,
  ...given,
});
const italian = (given: Partial<ChargeFacts>) => chargeOf(schemeOf('it').road, facts(given)).charged;

describe('what an infraction costs', () => {
  it('is doubled for an Italian novice, within three years of the first licence and not a day longer', () => {
    expect(italian({ base: 5, firstIssuedOn: '2023-03-03' })).toBe(10);
    expect(italian({ base: 5, firstIssuedOn: '2023-03-02' })).toBe(5);
    expect(italian({ base: 5, firstIssuedOn: '2026-03-03' })).toBe(5);
    expect(italian({ base: 5, firstIssuedOn: null })).toBe(5);
  });

  it('is at most 15 an occasion in Italy and 8 in France, whatever is found in it', () => {
    expect(italian({ base: 8, firstIssuedOn: '2025-01-01' })).toBe(15);
    expect(italian({ base: 8, alreadyCharged: 10 })).toBe(5);
    expect(italian({ base: 8, alreadyCharged: 15 })).toBe(0);
    expect(chargeOf(schemeOf('fr').road, facts({ base: 6, alreadyCharged: 6 })).charged).toBe(2);
  });

  it('is what the profile says where the scheme has neither', () => {
    expect(
      chargeOf(schemeOf('cn').road, facts({ base: 3, alreadyCharged: 9, firstIssuedOn: '2026-01-01' })),
    ).toEqual({
      base: 3,
      factor: 1,
      room: null,
      charged: 3,
    });
  });

  it('adds up to no more than the most, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 }), (bases) => {
        let sum = 0;
        for (const base of bases) sum += italian({ base, alreadyCharged: sum });
        expect(sum).toBe(
          Math.min(
            15,
            bases.reduce((a, b) => a + b, 0),
          ),
        );
      }),
    );
  });
});
