/**
 * Random histories of holds, posts, releases, appeals, lapses, restores, reversals and recomputes against a small model.
 * `npm run bench -- histories --count 10000` plays more of them on a real server, where sessions truly run side by side.
 */
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import { expect, it } from 'vitest';
import { playHistories } from './play.ts';

const HISTORIES = Number(process.env['WAYSIDE_TEST_LEDGER_HISTORIES'] ?? 40);
const SEED = Number(process.env['WAYSIDE_TEST_SEED'] ?? Date.now() % 1_000_000);

it(`loses no point and doubles none, in ${HISTORIES} histories of seed ${SEED}`, async () => {
  const database = await openTestDatabase();
  try {
    const played = await playHistories(database, HISTORIES, SEED);
    expect(played.histories).toBe(HISTORIES);
    expect(Object.keys(played.seen)).toEqual(expect.arrayContaining(['posted', 'released']));
  } finally {
    await database.close();
  }
}, 900_000);
