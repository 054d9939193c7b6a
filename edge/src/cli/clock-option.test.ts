import { describe, expect, it } from 'vitest';
import { clockErrorOf, clockStatusOf } from './clock-option.ts';

describe('what is said of the clock', () => {
  it('is what its operator says, in milliseconds', async () => {
    const problems: string[] = [];
    const ms = clockErrorOf({ clockError: '20' }, problems);
    expect({ ms, problems }).toEqual({ ms: 20, problems: [] });
    const status = await clockStatusOf(ms, new AbortController().signal);
    expect(status()).toEqual({ state: 'synchronised', maxErrorMs: 20 });
  });

  it('is nothing where nothing is said', () => {
    expect(clockErrorOf({}, [])).toBeUndefined();
  });

  it.each(['', '-1', 'soon', '1e9'])('is refused as %j', (clockError) => {
    const problems: string[] = [];
    clockErrorOf({ clockError }, problems);
    expect(problems).toEqual([`--clock-error is milliseconds from 0 to 3600000, not "${clockError}"`]);
  });
});
