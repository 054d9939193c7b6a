/** What intakes tell each other: one behaviour, on the embedded database and on a native Postgres. */
import { tellHeld } from '@wayside/pipeline/adapters/held-messages';
import { migrate } from '@wayside/pipeline/adapters/migrations';
import type { Database } from '@wayside/pipeline/app/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseAdapters } from './databases.ts';

describe.each(databaseAdapters)('messages held behind gaps, on $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('', () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
      await migrate(db);
    });
    beforeEach(() => db.query('DELETE FROM intake_waiting; DELETE FROM device'));
    afterAll(() => db.close());

    const held = (device: string, sequence: number, waitedMs = 0) => ({ device, sequence, waitedMs });
    const rows = () =>
      db.query<{ device: string; sequence: number }>(
        'SELECT device, sequence FROM intake_waiting ORDER BY device, sequence',
      );
    const durable = (device: string, sequence: number) =>
      db.query(
        `INSERT INTO device (id, kind, state, software, boot_id, clock_state, last_seen_at, last_sequence)
         VALUES ($1, 'camera', 'online', '1', 'boot', 'synchronised', now(), $2)`,
        [device, sequence],
      );

    it('are known to all who hold messages of the device, and to no others', async () => {
      await tellHeld(db, [held('a', 481), held('b', 7)]);
      const known = await tellHeld(db, [held('a', 482), held('a', 483)]);
      expect(known.map(({ device, sequence }) => `${device}/${sequence}`).sort()).toEqual([
        'a/481',
        'a/482',
        'a/483',
      ]);
      expect(await tellHeld(db, [held('a', 483)])).toHaveLength(3);
    });

    it('keep the longest wait, whoever holds them now', async () => {
      await tellHeld(db, [held('a', 481, 20_000)]);
      await db.query(`UPDATE intake_waiting SET told_at = told_at - interval '5 seconds'`);
      const [seen] = (await tellHeld(db, [held('a', 482, 1_000)])).filter(({ sequence }) => sequence === 481);
      expect(seen?.waitedMs).toBeGreaterThanOrEqual(20_000);
      expect(seen?.untoldMs).toBeGreaterThanOrEqual(5_000);
      const [own] = await tellHeld(db, [held('a', 481, 1_000), held('a', 481, 2_000)]);
      expect(own?.waitedMs).toBeGreaterThanOrEqual(20_000);
      expect(own?.untoldMs).toBeLessThan(1_000);
    });

    it('are forgotten once they are durable, or old', async () => {
      await tellHeld(db, [held('a', 481), held('a', 482), held('b', 7), held('c', 3)]);
      await durable('a', 481);
      await db.query(
        `UPDATE intake_waiting SET told_at = told_at - interval '11 minutes' WHERE device = 'b'`,
      );
      expect(await tellHeld(db, [])).toEqual([]);
      expect(await rows()).toEqual([
        { device: 'a', sequence: 482 },
        { device: 'c', sequence: 3 },
      ]);
    });

    it('are told by many at once', async () => {
      await durable('a', 20);
      const tell = (from: number) =>
        tellHeld(
          db,
          Array.from({ length: 30 }, (_, index) => held('a', from + ((index * 7) % 30))),
        );
      await Promise.all(Array.from({ length: 40 }, (_, index) => tell(1 + (index % 5))));
      await tellHeld(db, []);
      expect((await rows()).map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: 14 }, (_, index) => 21 + index),
      );
    });
  });
});
