import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, dayTime, exactTime, fromWallClock, toWallClock, zoneName } from './zone.ts';

describe('times of a zone', () => {
  it('shows the wall clock of the place, not of the reader', () => {
    expect(clockTime('2025-11-22T06:03:22.481Z', 'Asia/Shanghai')).toBe('14:03:22');
    expect(exactTime('2025-11-22T06:03:22.481Z', 'Asia/Shanghai')).toBe('14:03:22.481');
    expect(dayTime('2025-11-22T23:30:00Z', 'Asia/Shanghai')).toBe('23 Nov 2025, 07:30:00');
    expect(zoneName('2025-11-22T06:03:22Z', 'Asia/Shanghai')).toBe('GMT+8');
  });

  it('shows midnight as 00, not as 24', () => {
    expect(clockTime('2025-11-22T00:00:05Z', 'UTC')).toBe('00:00:05');
  });

  it('falls back to UTC for a zone the browser does not know', () => {
    expect(clockTime('2025-11-22T06:03:22Z', 'Nowhere/Town')).toBe('06:03:22');
  });

  it('reads a wall clock back to the same instant in zones with and without summer time', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/St_Johns', 'UTC');
    const seconds = fc.integer({ min: 1_500_000_000, max: 1_900_000_000 });
    fc.assert(
      fc.property(seconds, zones, (second, zone) => {
        const wall = toWallClock(second * 1000, zone);
        const back = fromWallClock(wall, zone);
        expect(back && toWallClock(back, zone)).toBe(wall);
        expect(Math.abs(Date.parse(back ?? '') - second * 1000)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  it('moves a time in the skipped hour to after the change and takes the first of a repeated hour', () => {
    expect(fromWallClock('2025-03-30T01:30:00', 'Europe/London')).toBe('2025-03-30T01:30:00.000Z');
    expect(fromWallClock('2025-10-26T01:30:00', 'Europe/London')).toBe('2025-10-26T00:30:00.000Z');
  });

  it('has no instant for text that is no time', () => {
    expect(fromWallClock('soon', 'UTC')).toBeUndefined();
  });
});
