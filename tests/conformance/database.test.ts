/** The Database port: one behaviour, whichever server is behind it. */
import { migrate } from '@wayside/pipeline/adapters/migrations';
import type { Database } from '@wayside/pipeline/app/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseAdapters } from './databases.ts';

describe.each(databaseAdapters)('a database on $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('', () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
      await db.query('CREATE TABLE note (id integer PRIMARY KEY, text text)');
    });
    afterAll(() => db.close());

    const one = async (sql: string, params?: readonly unknown[]) => {
      const [row] = await db.query<{ value: unknown }>(`SELECT ${sql} AS value`, params);
      return row?.value;
    };

    it.each([
      ['a text with everything in it', '$1::text', `"'\\ \n\t{,} NULL é 車 🚦 $1 --`],
      ['an empty text', '$1::text', ''],
      ['null', '$1::text', null],
      ['an integer', '$1::integer', -2_147_483_648],
      ['a bigint beyond 32 bits', '$1::bigint', Number.MAX_SAFE_INTEGER],
      ['a double', '$1::double precision', 0.1],
      ['a numeric', '$1::numeric', 12.25],
      ['a boolean', '$1::boolean', false],
      ['a moment to the millisecond', '$1::timestamptz', new Date('2026-05-01T12:00:00.123Z')],
      ['a calendar date', '$1::date', '2026-05-01'],
      ['a uuid', '$1::uuid', '6a1d7c1e-3f0e-5d43-9a55-77a7c1de0001'],
      ['bytes', '$1::bytea', Buffer.from([0, 1, 92, 39, 255])],
      ['JSON', '$1::jsonb', { a: [1, null, { b: `"'\\ é` }], c: true }],
      ['texts, null among them', '$1::text[]', ['a', null, 'NULL', '', '{}', `"'\\,`, 'é\n車']],
      ['no texts', '$1::text[]', []],
      ['bigints, null among them', '$1::bigint[]', [1, null, Number.MAX_SAFE_INTEGER]],
      ['booleans', '$1::boolean[]', [true, false, null]],
      ['doubles', '$1::double precision[]', [0.5, -1e300]],
      ['moments', '$1::timestamptz[]', [new Date(0), null]],
      ['uuids', '$1::uuid[]', ['6a1d7c1e-3f0e-5d43-9a55-77a7c1de0001']],
      ['JSON values', '$1::jsonb[]', [{ a: '"\\' }, null]],
      ['bytes in an array', '$1::bytea[]', [Buffer.from([0, 255]), null]],
    ])('gives back %s as it was handed in', async (_name, sql, value) => {
      expect(await one(sql, [value])).toEqual(value);
    });

    it('reads counts, sums and epochs as numbers', async () => {
      expect(await one('count(*)')).toBe(1);
      expect(await one('(SELECT sum(x) FROM generate_series(1, 3::bigint) AS x)')).toBe(6);
      expect(await one(`extract(epoch FROM timestamptz '1970-01-01T00:00:01.5Z')`)).toBe(1.5);
    });

    it('takes a JSON array as JSON text, for a JavaScript array is an SQL array', async () => {
      expect(await one('$1::jsonb', [JSON.stringify([1, { a: 2 }])])).toEqual([1, { a: 2 }]);
    });

    it('lives in UTC, whatever the machine does', async () => {
      expect(await one(`to_char($1::timestamptz, 'HH24:MI')`, [new Date('2026-05-01T12:34:00Z')])).toBe(
        '12:34',
      );
    });

    it('carries a megabyte each way', async () => {
      const text = 'wayside '.repeat(131_072);
      expect(await one('$1::text', [text])).toBe(text);
    });

    it('runs several statements at once where there are no parameters', async () => {
      expect(await db.query('SELECT 1 AS a; SELECT 2 AS b')).toEqual([{ b: 2 }]);
    });

    it('keeps what a transaction did when it resolves', async () => {
      const result = await db.transaction(async (tx) => {
        await tx.query('INSERT INTO note VALUES (1, $1)', ['kept']);
        return 'done';
      });
      expect(result).toBe('done');
      expect(await db.query('SELECT text FROM note WHERE id = 1')).toEqual([{ text: 'kept' }]);
    });

    it('keeps nothing when it rejects, and is usable afterwards', async () => {
      const failing = db.transaction(async (tx) => {
        await tx.query('INSERT INTO note VALUES (2, $1)', ['lost']);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await db.query('SELECT * FROM note WHERE id = 2')).toEqual([]);
    });

    it('rejects with the SQLSTATE as code, in and out of a transaction', async () => {
      await db.query(`INSERT INTO note VALUES (3, '')`);
      const again = `INSERT INTO note VALUES (3, '')`;
      await expect(db.query(again)).rejects.toMatchObject({ code: '23505' });
      await expect(db.transaction((tx) => tx.query(again))).rejects.toMatchObject({ code: '23505' });
      await expect(db.query('SELECT 1 / $1::integer', [0])).rejects.toMatchObject({ code: '22012' });
      expect(await one('1')).toBe(1);
    });

    it('refuses to commit where a failed statement was ignored', async () => {
      const careless = db.transaction(async (tx) => {
        await tx.query(`INSERT INTO note VALUES (4, '')`);
        await tx.query('SELECT 1 / 0').catch(() => undefined);
      });
      await expect(careless).rejects.toMatchObject({ code: 'transaction-aborted' });
      expect(await db.query('SELECT * FROM note WHERE id = 4')).toEqual([]);
    });

    it('commits where a failed statement was taken back to a savepoint', async () => {
      await db.transaction(async (tx) => {
        await tx.query('SAVEPOINT before');
        await tx.query('SELECT 1 / 0').catch(() => tx.query('ROLLBACK TO before'));
        await tx.query(`INSERT INTO note VALUES (5, 'mended')`);
      });
      expect(await db.query('SELECT text FROM note WHERE id = 5')).toEqual([{ text: 'mended' }]);
    });

    it('lets no query of others into a transaction', async () => {
      await db.query(`INSERT INTO note VALUES (6, '0')`);
      const add = () =>
        db.transaction(async (tx) => {
          const [row] = await tx.query<{ text: string }>('SELECT text FROM note WHERE id = 6 FOR UPDATE');
          await new Promise((resolve) => setImmediate(resolve));
          await tx.query('UPDATE note SET text = $1 WHERE id = 6', [String(Number(row?.text) + 1)]);
        });
      await Promise.all(Array.from({ length: 8 }, add));
      expect(await db.query('SELECT text FROM note WHERE id = 6')).toEqual([{ text: '8' }]);
    });

    it('brings the schema up to date once, though several start at once', async () => {
      await Promise.all([migrate(db), migrate(db)]);
      expect(await migrate(db)).toEqual([]);
      expect(await db.query('SELECT * FROM verdict_minute')).toEqual([]);
    });

    it('answers no more after it was closed', async () => {
      const closing = await open();
      await closing.close();
      await expect(closing.query('SELECT 1')).rejects.toThrow();
    });
  });
});
