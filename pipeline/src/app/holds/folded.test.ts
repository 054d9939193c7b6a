import { describe, expect, it } from 'vitest';
import { folded } from './folded.ts';

describe('folded work', () => {
  it('runs once more for all who asked while it ran, and never twice at a time', async () => {
    let runs = 0;
    let running = 0;
    let most = 0;
    const ask = folded(async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return (runs += 1);
    });
    const answers = await Promise.all([ask(), ask(), ask(), ask()]);
    expect(answers).toEqual([1, 2, 2, 2]);
    expect(await ask()).toBe(3);
    expect(most).toBe(1);
  });

  it('tells only those it failed, and runs again for the others', async () => {
    let runs = 0;
    const ask = folded(() => ((runs += 1) === 1 ? Promise.reject(new Error('down')) : Promise.resolve(runs)));
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect(first.status).toBe('rejected');
    expect(second).toEqual({ status: 'fulfilled', value: 2 });
  });
});
