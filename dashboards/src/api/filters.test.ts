import { describe, expect, it } from 'vitest';
import { filtersPath, hasFilters, readFilters } from './filters.ts';

describe('the filters in the address', () => {
  it('are the same after a round trip', () => {
    const filters = {
      site: 'northern-rail/G334',
      rule: 'seat-refusal',
      from: '2025-11-22T06:00:00.000Z',
      to: '2025-11-22T07:00:01.000Z',
    } as const;
    const path = filtersPath('/infractions', filters);
    expect(readFilters(path.slice(path.indexOf('?')))).toEqual(filters);
  });

  it('leave out what is no filter, so that a stale link still opens', () => {
    const filters = readFilters('?rule=flying&from=soon&colour=red');
    expect(filters).toEqual({});
    expect(hasFilters(filters)).toBe(false);
    expect(filtersPath('/infractions', filters)).toBe('/infractions');
  });
});
