import { describe, expect, it } from 'vitest';
import { pulseOf } from './pulse.ts';

describe('the pulse', () => {
  it('is live for five seconds after the last thing heard, and stale with its age after', () => {
    expect(pulseOf('open', 1_000, 6_000, 0)).toEqual({ kind: 'live' });
    expect(pulseOf('open', 1_000, 6_001, 0)).toEqual({ kind: 'stale', ageMs: 5_001 });
  });

  it('does not call a short break of the line stale', () => {
    expect(pulseOf('broken', 1_000, 2_000, 0)).toEqual({ kind: 'live' });
  });

  it('is connecting before the house was first heard, and stale where it never is', () => {
    expect(pulseOf('connecting', undefined, 900, 0)).toEqual({ kind: 'connecting' });
    expect(pulseOf('broken', undefined, 8_000, 0)).toEqual({ kind: 'stale', ageMs: 8_000 });
  });
});
