import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgetNeeds, leastNeeded, note, noNeeds } from './needs.ts';
import { neededFrom, type SiteState } from './site-state.ts';

/** As much of a site as its need depends on. */
const siteAt = (lastOffset: number): SiteState =>
  ({ lastOffset, open: new Map(), ended: [], shadows: [] }) as unknown as SiteState;

const SITES = 6;
const step = fc.record({
  site: fc.nat(SITES - 1),
  offset: fc.nat(40),
  what: fc.constantFrom('note' as const, 'note' as const, 'forget' as const, 'ask' as const),
});

describe('what the sites need', () => {
  it('is the least that a look at each of them would find, whatever they needed before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const needs = noNeeds();
        const sites = Array.from({ length: SITES }, () => siteAt(0));
        const known = new Set<SiteState>();
        for (const { site: which, offset, what } of steps) {
          const site = sites[which] as SiteState;
          if (what === 'note') {
            site.lastOffset = offset;
            known.add(site);
            note(needs, site, neededFrom(site));
          }
          if (what === 'forget') {
            known.delete(site);
            forgetNeeds(needs, site);
          }
          if (what === 'ask')
            expect(leastNeeded(needs)).toBe(Math.min(Infinity, ...[...known].map((one) => one.lastOffset)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes no more room the more messages come, though nobody asks', () => {
    const needs = noNeeds();
    const sites = Array.from({ length: SITES }, () => siteAt(0));
    for (let offset = 1; offset < 5_000; offset++) {
      const site = sites[offset % SITES] as SiteState;
      site.lastOffset = offset;
      note(needs, site, neededFrom(site));
    }
    expect(needs.heap.length).toBeLessThanOrEqual(2 * SITES + 64);
    expect(leastNeeded(needs)).toBe(5_000 - SITES);
  });
});
