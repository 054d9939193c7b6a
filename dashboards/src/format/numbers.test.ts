import { describe, expect, it } from 'vitest';
import { age, bytes, decimal, duration, integer, kmh, MISSING, shortAccount } from './numbers.ts';

describe('numbers', () => {
  it('groups thousands and keeps the decimals asked for', () => {
    expect(integer(1_234_567)).toBe('1,234,567');
    expect(decimal(0.8449, 2)).toBe('0.84');
    expect(decimal(2, 1)).toBe('2.0');
  });

  it('writes a real minus, and none for what rounds to zero', () => {
    expect(decimal(-0.84, 2)).toBe('−0.84');
    expect(decimal(-0.001, 2)).toBe('0.00');
  });

  it('shows what is missing as missing, not as nought', () => {
    expect(decimal(undefined, 2)).toBe(MISSING);
    expect(duration(Number.NaN)).toBe(MISSING);
  });

  it('changes the unit of a duration where the number would grow long', () => {
    expect(duration(211.6)).toBe('212 ms');
    expect(duration(999.6)).toBe('1.00 s');
    expect(duration(1240)).toBe('1.24 s');
  });

  it('gives coarse ages and never a negative one', () => {
    expect([4_900, 200_000, 7_200_000, 500_000_000].map(age)).toEqual(['4 s', '3 min', '2 h', '5 d']);
    expect(age(-3_000)).toBe('0 s');
  });

  it('shortens the token of an account', () => {
    expect(shortAccount(`road:plate_Ab3x${'y'.repeat(35)}9fQ2`)).toBe('Ab3x…9fQ2');
  });

  it('keeps of a small speed what a whole number would lose', () => {
    expect([0.694, 2.14, 14.6].map(kmh)).toEqual(['2.5 km/h', '7.7 km/h', '53 km/h']);
  });

  it('gives sizes in the unit that fits', () => {
    expect([512, 2048, 3_145_728].map(bytes)).toEqual(['512 B', '2.0 kB', '3.0 MB']);
  });
});
