import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import type { PgliteDatabase } from '../../adapters/pglite-database.ts';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import { forgetOld } from './retention.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-06-10T00:00:00Z');
const never = new AbortController().signal;

describe('retention', () => {
  let database: PgliteDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
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
    expect(await forget()).toEqual({ messages: 679, chunks: 0, verdicts: 0, packed: 0 });
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

  describe('of verdicts', () => {
    const verdict = (outcome: string, recordedAt: number, offset: number, at = NOW - 110 * HOUR_MS) =>
      database.query(
        `INSERT INTO verdict VALUES (gen_random_uuid(), $1::timestamptz, $2::timestamptz, 'encounter', 'site-1', 'cam', $3,
           'no-conflict', 'cn', '1', '7', 0, $4, '{}')`,
        [new Date(at), new Date(recordedAt), outcome, offset],
      );
    const outcomes = async () =>
      (await database.query<{ outcome: string }>('SELECT outcome FROM verdict ORDER BY 1')).map(
        (row) => row.outcome,
      );
    const old = NOW - 109 * HOUR_MS;
    beforeEach(() => database.query('INSERT INTO judge_cursor VALUES (0, 1, 1400, 1400)'));

    it('keeps only how many found nothing, an hour and site, and every infraction', async () => {
      for (const outcome of ['clear', 'clear', 'undecided', 'infraction']) await verdict(outcome, old, 300);
      expect((await forget()).verdicts).toBe(3);
      expect(await outcomes()).toEqual(['infraction']);
      const kept = await database.query(
        'SELECT site, hour, outcome, verdicts FROM verdict_hour ORDER BY outcome',
      );
      const hour = new Date(NOW - 110 * HOUR_MS);
      expect(kept).toEqual([
        { site: 'site-1', hour, outcome: 'clear', verdicts: 2 },
        { site: 'site-1', hour, outcome: 'undecided', verdicts: 1 },
      ]);
      await verdict('clear', old, 301);
      await forget();
      const [row] = await database.query(`SELECT verdicts FROM verdict_hour WHERE outcome = 'clear'`);
      expect(row).toEqual({ verdicts: 3 });
    });

    it('forgets none that was recorded lately, whose message is kept, or whose path is', async () => {
      await verdict('clear', NOW - HOUR_MS, 300);
      await verdict('clear', old, 1_000);
      await verdict('undecided', old, 300, NOW - HOUR_MS);
      await database.query(
        `INSERT INTO track_segment SELECT id, $1::timestamptz, outcome, '' FROM verdict WHERE outcome = 'undecided'`,
        [new Date(NOW - HOUR_MS)],
      );
      expect((await forget()).verdicts).toBe(0);
      expect(await outcomes()).toHaveLength(3);
    });

    it('stores days of which only infractions are left as columns, and still knows what comes again', async () => {
      const settled = NOW - 20 * 24 * HOUR_MS;
      const open = NOW - 10 * 24 * HOUR_MS;
      const packed = async () =>
        database.query(
          `SELECT range_start AS day FROM timescaledb_information.chunks
           WHERE hypertable_name = 'verdict' AND is_compressed`,
        );
      await verdict('infraction', old, 300, settled);
      await verdict('clear', old, 1_000, open); // its message is kept
      expect(await forget()).toMatchObject({ verdicts: 0, packed: 1 });
      expect(await packed()).toEqual([{ day: new Date(settled) }]);
      expect((await forget()).packed).toBe(0);

      const again = await database.query(
        `INSERT INTO verdict SELECT * FROM verdict WHERE outcome = 'infraction' ON CONFLICT DO NOTHING RETURNING id`,
      );
      expect(again).toEqual([]);
      await verdict('clear', old, 300, settled);
      expect((await forget()).verdicts).toBe(1);
      expect(await outcomes()).toEqual(['clear', 'infraction']);
    });
  });
});
