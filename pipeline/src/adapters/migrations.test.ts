import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../app/database.ts';
import { migrate } from './migrations.ts';
import type { PgliteDatabase } from './pglite-database.ts';
import { openTestDatabase } from './testing/test-database.ts';

let db: PgliteDatabase;
let dir = '';
beforeAll(async () => (db = await openTestDatabase()));
afterAll(() => db.close());
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wayside-migrations-'));
  await db.query('DROP TABLE IF EXISTS schema_migration, a, b, c');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (name: string, sql: string) => writeFileSync(join(dir, name), sql);
const exists = async (table: string) =>
  (await db.query('SELECT to_regclass($1) IS NOT NULL AS exists', [table]))[0];

describe('migrations', () => {
  it('are applied in order, each once', async () => {
    write('0002_b.sql', 'CREATE TABLE b (id integer REFERENCES a)');
    write('0001_a.sql', 'CREATE TABLE a (id integer PRIMARY KEY); INSERT INTO a VALUES (1)');
    expect(await migrate(db, dir)).toEqual(['0001_a.sql', '0002_b.sql']);
    expect(await migrate(db, dir)).toEqual([]);
    write('0003_c.sql', 'CREATE TABLE c (id integer)');
    expect(await migrate(db, dir)).toEqual(['0003_c.sql']);
  });

  it('leave nothing of a file that fails, and say which it was', async () => {
    write('0001_a.sql', 'CREATE TABLE a (id integer); SELECT 1 / 0');
    await expect(migrate(db, dir)).rejects.toMatchObject({
      code: 'migration-failed',
      message: '0001_a.sql: division by zero',
    });
    expect(await exists('a')).toEqual({ exists: false });
    write('0001_a.sql', 'CREATE TABLE a (id integer)');
    expect(await migrate(db, dir)).toEqual(['0001_a.sql']);
  });

  it('take the file for the edition of the server, alone and outside a transaction', async () => {
    write('0001_a.timescale.sql', 'CREATE TABLE a (timescale integer)');
    write('0001_a.apache.sql', 'CREATE TABLE a (apache integer)');
    expect(await migrate(db, dir)).toEqual(['0001_a.timescale.sql']);
    expect(await migrate(db, dir)).toEqual([]);
  });

  it('go on where a crash came between such a statement and its record', async () => {
    await db.query('CREATE TABLE a (id integer)');
    write('0001_a.timescale.sql', 'CREATE TABLE a (id integer)');
    expect(await migrate(db, dir)).toEqual(['0001_a.timescale.sql']);
    expect(await migrate(db, dir)).toEqual([]);
  });

  it.each(['23505', '42710'])('go on where another came with such a statement at once (%s)', async (code) => {
    const sql = 'CREATE TABLE a (id integer)';
    write('0001_a.timescale.sql', sql);
    let others = 0;
    const raced: Database = {
      query: async (text, params) => {
        if (text !== sql || (others += 1) > 1) return db.query(text, params);
        await db.query(sql);
        throw Object.assign(new Error('already exists'), { code });
      },
      transaction: (work) => db.transaction(work),
      close: () => db.close(),
    };
    expect(await migrate(raced, dir)).toEqual(['0001_a.timescale.sql']);
    expect(await migrate(db, dir)).toEqual([]);
  });

  it.each([
    [
      'an applied file was edited',
      'migration-edited',
      () => write('0001_a.sql', 'CREATE TABLE a (id bigint)'),
    ],
    ['an applied file is unknown here', 'migration-unknown', () => rmSync(join(dir, '0001_a.sql'))],
    [
      'a new file comes before an applied one',
      'migration-out-of-order',
      () => write('0000_zero.sql', 'SELECT 1'),
    ],
    ['a file has no number', 'migration-unknown', () => write('more.sql', 'SELECT 1')],
  ])('are refused where %s', async (_name, code, spoil) => {
    write('0001_a.sql', 'CREATE TABLE a (id integer)');
    await migrate(db, dir);
    spoil();
    await expect(migrate(db, dir)).rejects.toMatchObject({ code });
  });
});
