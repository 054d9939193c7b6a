import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPgliteDatabase } from './pglite-database.ts';
import { openTestDatabase } from './testing/test-database.ts';

const PATIENT = { timeout: 30_000, interval: 50 };

vi.setConfig({ testTimeout: 120_000 });

describe('the folder of the embedded database', () => {
  let dir = '';
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'wayside-pglite-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made anew where an earlier start was cut off before it was complete, keeps what is stored, and opens once at a time', async () => {
    mkdirSync(join(dir, 'cluster'));
    writeFileSync(join(dir, 'cluster', 'PG_VERSION'), '17');
    const first = await openPgliteDatabase(dir);
    await first.query(`CREATE TABLE reading (at timestamptz NOT NULL, value integer)`);
    await first.query(`SELECT create_hypertable('reading', by_range('at'))`);
    await first.query('INSERT INTO reading VALUES (now(), 1)');
    await expect(openPgliteDatabase(dir)).rejects.toMatchObject({ code: 'data-in-use' });
    await first.close();
    await expect(first.query('SELECT 1')).rejects.toMatchObject({ code: 'closed' });
    expect(existsSync(join(dir, 'lock'))).toBe(false);

    const second = await openPgliteDatabase(dir);
    await second.query('INSERT INTO reading VALUES (now(), 2)'); // a hypertable after a restart
    expect(await second.query('SELECT sum(value) AS sum FROM reading')).toEqual([{ sum: 3 }]);
    expect(await second.query(`SELECT current_setting('timescaledb.license') AS license`)).toEqual([
      { license: 'timescale' },
    ]);
    await second.close();
  });
});

describe('housekeeping', () => {
  it('makes checkpoints, so that the write-ahead log does not grow with all that was ever written', async () => {
    const db = await openTestDatabase({ intervalMs: 50, checkpointBytes: 4 * 1024 * 1024 });
    await db.query('CREATE TABLE filler (text text); ALTER TABLE filler ALTER text SET STORAGE EXTERNAL');
    for (let round = 0; round < 40; round++) {
      await db.query(`INSERT INTO filler SELECT repeat('x', 100000) FROM generate_series(1, 20)`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const wal = join(db.dir, 'cluster', 'pg_wal');
    await vi.waitFor(() => {
      const sizes = readdirSync(wal).map((name) => statSync(join(wal, name)).size);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60 * 1024 * 1024); // 80 MB were written
    }, PATIENT);
    await db.close();
  });

  it('vacuums and analyzes tables', async () => {
    const errors: unknown[] = [];
    const db = await openTestDatabase({
      intervalMs: 20,
      vacuumEvery: 1,
      onError: (error) => errors.push(error),
    });
    await db.query('CREATE TABLE worn (id integer); INSERT INTO worn SELECT generate_series(1, 1000)');
    const known = `SELECT reltuples::integer AS rows FROM pg_class WHERE relname = 'worn'`;
    await vi.waitFor(async () => expect(await db.query(known)).toEqual([{ rows: 1000 }]), PATIENT);
    await db.close();
    expect(errors).toEqual([]);
  });
});
