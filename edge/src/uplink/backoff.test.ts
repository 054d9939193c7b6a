import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { refusalOf } from './refusal.ts';

const limits = { firstMs: 500, longestMs: 60_000 };
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the pause before another attempt', () => {
  it('stays between half the first and the longest pause, however many attempts came before', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.constant(Infinity)), random, (attempt, r) => {
        const ms = backoffMs(attempt, limits, r);
        expect(ms).toBeGreaterThanOrEqual(250);
        expect(ms).toBeLessThanOrEqual(60_000);
      }),
    );
  });

  it('doubles until the longest', () => {
    expect([0, 1, 2, 6, 7, 8].map((attempt) => backoffMs(attempt, limits, 1))).toEqual([
      500, 1000, 2000, 32_000, 60_000, 60_000,
    ]);
  });

  it('is spread by chance', () => {
    expect(backoffMs(3, limits, 0)).toBe(2000);
    expect(backoffMs(3, limits, 0.5)).toBe(3000);
  });
});

describe('a reason code', () => {
  it('is for good where only a person can help', () => {
    expect([0x87, 0x86, 0x95, 0x8e, 5, 4].map(refusalOf)).toEqual(Array(6).fill('permanent'));
  });

  it('passes where the broker is busy, over its quota, or gave no code', () => {
    expect([0x89, 0x97, 0x80, 3, undefined].map(refusalOf)).toEqual(Array(5).fill('passing'));
  });
});
