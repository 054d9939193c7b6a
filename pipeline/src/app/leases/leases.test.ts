import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../adapters/migrations.ts';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import type { Database } from '../database.ts';
import { giveBack, leaseRound, resign } from './leases.ts';

const names = ['judge/0', 'judge/1', 'judge/2', 'judge/3'];

describe('leases', () => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase();
    await migrate(db);
  });
  beforeEach(() => db.query('DELETE FROM lease; DELETE FROM lease_member'));
  afterAll(() => db.close());

  const round = (holder: string, held: readonly string[] = []) =>
    leaseRound(db, { kind: 'judge', names, holder, held, ttlMs: 60_000 });
  const lapse = (holder: string) =>
    Promise.all([
      db.query(`UPDATE lease SET expires_at = now() - interval '1 second' WHERE holder = $1`, [holder]),
      db.query(`UPDATE lease_member SET expires_at = now() - interval '1 second' WHERE holder = $1`, [
        holder,
      ]),
    ]);

  it('are all the only holder’s, and renewed while it says so', async () => {
    expect(await round('a')).toEqual({ lost: [], taken: names, excess: 0 });
    expect(await round('a', names)).toEqual({ lost: [], taken: [], excess: 0 });
  });

  it('are shared with who comes later', async () => {
    await round('a');
    expect(await round('b')).toEqual({ lost: [], taken: [], excess: 0 });
    expect(await round('a', names)).toEqual({ lost: [], taken: [], excess: 2 });
    await giveBack(db, 'a', ['judge/0', 'judge/1']);
    expect((await round('b')).taken).toEqual(['judge/0', 'judge/1']);
  });

  it('of a holder that is silent are taken over, and it hears of it', async () => {
    await round('a');
    await lapse('a');
    expect((await round('b')).taken).toEqual(names);
    expect((await round('a', names)).lost).toEqual(names);
  });

  it('are never two holders’ at once', async () => {
    const rounds = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((holder) => round(holder)));
    const taken = rounds.flatMap((one) => one.taken);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('go to the others when a holder leaves', async () => {
    await round('a');
    await giveBack(db, 'a', names);
    await resign(db, 'judge', 'a');
    expect((await round('b')).taken).toEqual(names);
  });
});
