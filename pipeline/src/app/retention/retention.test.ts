import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { migrate } from '../../adapters/migrations.ts';
import { openPgliteDatabase, type PgliteDatabase } from '../../adapters/pglite-database.ts';
import { forgetOld } from './retention.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-06-10T00:00:00Z');
const never = new AbortController().signal;

describe('retention', () => {
  let database: PgliteDatabase;
  beforeEach(async () => {
    database = await openPgliteDatabase();
    await migrate(database);
    await database.query('INSERT INTO log_partition (partition, next_offset) VALUES (0, 1401)');
    await database.query(
      `INSERT INTO log_message SELECT 0, n, 'cam', 'boot', n, 't', $1::bigint + n * 360000, '{}' FROM generate_series(1, 1400) n`,
      [NOW - 140 * HOUR_MS],
    );
  }, 60_000);
  afterEach(() => database.close());

  const forget = () =>
    forgetOld({ database, hours: 72, clock: () => NOW, logger: pino({ enabled: false }) }, never);
  const left = async () => {
    const [row] = await database.query<{ low: number; high: number; count: number }>(
      'SELECT min(log_offset) AS low, max(log_offset) AS high, count(*) AS count FROM log_message',
    );
    return row;
  };

  it('forgets messages older than it says, in more batches than one, and leaves no gap', async () => {
    await database.query('INSERT INTO judge_cursor VALUES (0, 1, 1400, 1400)');
    expect(await forget()).toEqual({ messages: 679, chunks: 0 });
    expect(await left()).toEqual({ low: 680, high: 1400, count: 721 });
  });

  it('keeps what the judge may have to read again, however old', async () => {
    await database.query('INSERT INTO judge_cursor VALUES (0, 1, 1400, 100)');
    await forget();
    expect((await left())?.low).toBe(100);
  });

  it('forgets nothing before a judge has read it', async () => {
    expect((await forget()).messages).toBe(0);
  });

  it('drops whole chunks of old paths', async () => {
    const insert = (at: number) =>
      database.query(`INSERT INTO track_segment VALUES (gen_random_uuid(), $1::timestamptz, 'clear', '')`, [
        new Date(at),
      ]);
    await insert(NOW - 100 * HOUR_MS);
    await insert(NOW - HOUR_MS);
    expect((await forget()).chunks).toBe(1);
    const rows = await database.query('SELECT 1 FROM track_segment');
    expect(rows).toHaveLength(1);
  });
});
