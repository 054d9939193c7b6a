/** A small run of `npm run bench -- hostile`, which sends a hundred thousand. */
import { expect, it } from 'vitest';
import { run } from '../../pipeline/bench/hostile.ts';

it('keeps every hostile message as a dead letter with its reason, and serves an honest device on', async () => {
  const result = await run({ json: true, count: 2_000 });
  expect(result.deadLetters).toEqual(result.expected);
  expect(Object.keys(result.deadLetters).length).toBeGreaterThan(5);
  expect(result).toMatchObject({ sent: 2_000, crashes: 0, balanced: true });
  expect(result.honest.stored).toBe(result.honest.sent);
}, 240_000);
