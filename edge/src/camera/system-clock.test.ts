import { describe, expect, it } from 'vitest';
import { afterwards, systemClockStatus, watchSystemClock } from './system-clock.ts';

describe('what the system knows of its clock', () => {
  it('is what timedatectl says', async () => {
    const asked: unknown[] = [];
    const yes = (command: string, args: readonly string[]) => {
      asked.push([command, ...args]);
      return Promise.resolve('yes\n');
    };
    expect(await systemClockStatus(yes)).toEqual({ state: 'synchronised' });
    expect(asked).toEqual([['timedatectl', 'show', '-p', 'NTPSynchronized', '--value']]);
    expect(await systemClockStatus(() => Promise.resolve('no\n'))).toEqual({ state: 'unsynchronised' });
  });

  it('is nothing where there is no timedatectl', async () => {
    expect(await systemClockStatus(() => Promise.reject(new Error('ENOENT')))).toEqual({
      state: 'unsynchronised',
    });
  });

  it('is known at once to who watches it', async () => {
    const ended = new AbortController();
    const status = await watchSystemClock(ended.signal, () => Promise.resolve('yes'));
    expect(status()).toEqual({ state: 'synchronised' });
    ended.abort();
  });

  it('becomes holdover when it is lost, until it is found again', () => {
    const [synchronised, lost] = [{ state: 'synchronised' }, { state: 'unsynchronised' }] as const;
    expect(afterwards(synchronised, lost)).toEqual({ state: 'holdover' });
    expect(afterwards({ state: 'holdover' }, lost)).toEqual({ state: 'holdover' });
    expect(afterwards({ state: 'holdover' }, synchronised)).toEqual(synchronised);
    expect(afterwards(lost, lost)).toEqual(lost);
  });
});
