import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantMicros, microsText } from './instant.ts';

describe('instants', () => {
  it.each([
    ['2026-05-01T12:00:00Z', Date.UTC(2026, 4, 1, 12) * 1000],
    ['2026-05-01T12:00:00.5Z', Date.UTC(2026, 4, 1, 12) * 1000 + 500_000],
    ['2026-05-01T12:00:00.000001Z', Date.UTC(2026, 4, 1, 12) * 1000 + 1],
    ['2026-05-01T20:00:00+08:00', Date.UTC(2026, 4, 1, 12) * 1000],
    ['2026-05-01t12:00:00z', Date.UTC(2026, 4, 1, 12) * 1000],
  ])('reads %s to the microsecond', (text, micros) => {
    expect(instantMicros(text)).toBe(micros);
  });

  it('takes the next microsecond where a bound falls between two, which parts the same rows', () => {
    expect(instantMicros('2026-05-01T12:00:00.0000001Z')).toBe(Date.UTC(2026, 4, 1, 12) * 1000 + 1);
    expect(instantMicros('2026-05-01T12:00:00.0000000Z')).toBe(Date.UTC(2026, 4, 1, 12) * 1000);
  });

  it.each([
    '2026-05-01',
    '2026-05-01T12:00:00',
    '2026-05-01T23:59:60Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '',
  ])('finds no moment in "%s"', (text) => {
    expect(instantMicros(text)).toBeUndefined();
  });

  it('writes and reads back every moment it keeps', () => {
    const moments = fc.integer({ min: Date.UTC(1900) * 1000, max: Date.UTC(2200) * 1000 - 1 });
    fc.assert(fc.property(moments, (micros) => instantMicros(microsText(micros)) === micros));
  });
});
