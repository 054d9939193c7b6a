import { describe, expect, it } from 'vitest';
import { Waiters } from './waiters.ts';

describe('waiters', () => {
  it('run at once where the condition holds', async () => {
    expect(
      await new Waiters(1).when(
        () => true,
        () => 7,
      ),
    ).toBe(7);
  });

  it('run in order, and the next sees what the one before it did', async () => {
    const waiters = new Waiters(10);
    let room = 0;
    const ran: number[] = [];
    const all = [1, 2, 3].map((n) =>
      waiters.when(
        () => room > 0,
        () => {
          room--;
          ran.push(n);
        },
      ),
    );
    room = 2;
    waiters.changed();
    expect(ran).toEqual([1, 2]);
    room = 1;
    waiters.changed();
    await Promise.all(all);
    expect(ran).toEqual([1, 2, 3]);
  });

  it('are bounded in number', async () => {
    const waiters = new Waiters(1);
    const first = waiters.when(
      () => false,
      () => undefined,
    );
    await expect(
      waiters.when(
        () => false,
        () => undefined,
      ),
    ).rejects.toMatchObject({
      code: 'too-many-waiting',
    });
    waiters.fail(new Error('over'));
    await expect(first).rejects.toThrow('over');
  });

  it('leave when their signal aborts, and make room for another', async () => {
    const waiters = new Waiters(1);
    const leaving = new AbortController();
    const first = waiters.when(
      () => false,
      () => undefined,
      leaving.signal,
    );
    leaving.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    let open = false;
    const second = waiters.when(
      () => open,
      () => 'in',
    );
    open = true;
    waiters.changed();
    expect(await second).toBe('in');
  });

  it('hand on what the action fails with', async () => {
    const fails = () => Promise.reject(new Error('disk'));
    await expect(new Waiters(1).when(() => true, fails)).rejects.toThrow('disk');
  });
});
