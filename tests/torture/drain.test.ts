import { describe, expect, it } from 'vitest';
import { drain, type Reading } from './drain.ts';

const still: Reading = { stored: 9, judged: 9, head: 10, committed: 10, pending: 0, redelivered: 1 };

describe('draining', () => {
  it('is over when everything was passed and held, and stays so', async () => {
    const { drained, reading } = await drain(() => Promise.resolve(still), {
      timeoutMs: 10_000,
      stillMs: 1_500,
    });
    expect({ drained, reading }).toEqual({ drained: true, reading: still });
  }, 15_000);

  it.each([
    { what: 'messages wait for a judge', reading: { ...still, committed: 9 } },
    { what: 'a hold waits to be placed', reading: { ...still, pending: 1 } },
  ])('is never over while $what', async ({ reading }) => {
    expect((await drain(() => Promise.resolve(reading), { timeoutMs: 1_500, stillMs: 500 })).drained).toBe(
      false,
    );
  });

  it('is not over while something still comes', async () => {
    let stored = 9;
    const coming = () => Promise.resolve({ ...still, stored: stored++ });
    expect((await drain(coming, { timeoutMs: 3_000, stillMs: 1_000 })).drained).toBe(false);
  });

  it('is not over while the house cannot be asked', async () => {
    expect(
      (await drain(() => Promise.reject(new Error('away')), { timeoutMs: 1_200, stillMs: 500 })).drained,
    ).toBe(false);
  });
});
