import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PgliteDatabase } from './pglite-database.ts';
import { pgPoolLike } from './pglite-pool.ts';
import { openTestDatabase } from './testing/test-database.ts';

let db: PgliteDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
  await db.query(
    'CREATE SCHEMA bullmq; CREATE TABLE bullmq.job (id integer); CREATE TABLE ours (id integer)',
  );
});
afterAll(() => db.close());

describe('the pool over the embedded session', () => {
  it('finds the queue’s tables without their schema, which nobody else does', async () => {
    const pool = pgPoolLike(db);
    expect((await pool.query('INSERT INTO job VALUES ($1)', [1])).rowCount).toBe(1);
    expect((await pool.query<{ id: number }>('SELECT id FROM job')).rows).toEqual([{ id: 1 }]);
    await expect(db.query('SELECT * FROM job')).rejects.toMatchObject({ code: '42P01' });
    expect(await db.query('SHOW search_path')).toEqual([{ search_path: 'public' }]);
  });

  it('lets nobody in between BEGIN and COMMIT', async () => {
    const client = await pgPoolLike(db).connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO ours VALUES (1)');
    const counted = db.query('SELECT count(*) AS count FROM ours');
    await client.query('INSERT INTO ours VALUES (2)');
    await client.query('COMMIT');
    client.release();
    expect(await counted).toEqual([{ count: 2 }]);
  });

  it.each([
    [
      'a failed statement and ROLLBACK',
      async (client: Awaited<ReturnType<ReturnType<typeof pgPoolLike>['connect']>>) => {
        await expect(client.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
        await client.query('ROLLBACK');
      },
    ],
    ['being given back in the middle', () => Promise.resolve()],
  ])('undoes a transaction after %s, and goes on', async (_name, spoil) => {
    const client = await pgPoolLike(db).connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO ours VALUES (3)');
    await spoil(client);
    client.release();
    expect(await db.query('SELECT * FROM ours WHERE id = 3')).toEqual([]);
  });

  it('lets the others on where even BEGIN fails', async () => {
    const client = await pgPoolLike(db).connect();
    await expect(client.query('BEGIN nonsense')).rejects.toMatchObject({ code: '42601' });
    client.release();
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('tells a listening client of each notification, until it is given back', async () => {
    const client = await pgPoolLike(db).connect();
    const heard: unknown[] = [];
    client.on('notification', (message) => heard.push(message));
    await client.query('LISTEN "jobs:new"');
    await db.query(`NOTIFY "jobs:new", 'first'`);
    await vi.waitFor(() => expect(heard).toEqual([{ channel: 'jobs:new', payload: 'first' }]));
    client.release();
    await db.query(`NOTIFY "jobs:new", 'second'`);
    expect(heard).toHaveLength(1);
  });
});
