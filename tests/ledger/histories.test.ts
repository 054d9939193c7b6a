/**
 * Random histories of holds, posts, releases, appeals, lapses, restores, reversals and recomputes against a small model:
 * on a native PostgreSQL where one is installed, because its sessions truly run side by side, else embedded, and fewer.
 * `npm run bench -- histories --count 10000` plays more of them.
 */
import { migrate } from '@wayside/pipeline/adapters/migrations';
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLedgerServer, type PostgresServer } from '../support/engines/ledger-server.ts';
import { playHistories } from './play.ts';

const WANTED = process.env['WAYSIDE_TEST_LEDGER_HISTORIES'];
const SEED = Number(process.env['WAYSIDE_TEST_SEED'] ?? Date.now() % 1_000_000);

let server: PostgresServer | undefined;
beforeAll(async () => (server = await startLedgerServer()));
afterAll(() => server?.close());

async function openDatabase() {
  if (!server) return openTestDatabase();
  const database = await server.openDatabase({ maxConnections: 10 });
  await migrate(database);
  return database;
}

it(`points are neither lost nor doubled in random histories (seed ${SEED})`, async () => {
  const count = Number(WANTED ?? (server ? 100 : 30));
  const database = await openDatabase();
  try {
    const played = await playHistories(database, count, SEED);
    expect(played.histories).toBe(count);
    const often = ['posted', 'released', 'reversed', 'appeal', 'points had gone up'];
    expect(Object.keys(played.seen)).toEqual(expect.arrayContaining(often));
  } finally {
    await database.close();
  }
}, 900_000);
