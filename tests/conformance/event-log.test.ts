/** The EventLog port: what is appended is read in order, once, with dense offsets, by whoever reads. */
import { contentHash } from '@wayside/contracts/canonical';
import type { DeviceMessage } from '@wayside/contracts/messages';
import { migrate } from '@wayside/pipeline/adapters/migrations';
import type { Database } from '@wayside/pipeline/app/database';
import type { IncomingMessage, LogReader, LogWriter } from '@wayside/pipeline/app/event-log';
import {
  birth,
  lastWill,
  observations,
  report,
  testSite,
  TEST_TIME_MS,
} from '@wayside/pipeline/testing/messages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventLogAdapters, readOf } from './event-logs.ts';

const incoming = (message: DeviceMessage, receivedAtMs = TEST_TIME_MS): IncomingMessage => ({
  message,
  payload: JSON.stringify(message),
  receivedAtMs,
});
const letter = (over: object = {}) => ({
  topic: 'wayside/v1/cam-1/status',
  client: 'cam-1',
  reason: 'not-json',
  detail: 'no JSON',
  payload: Buffer.from('{"half'),
  bytes: 6,
  receivedAtMs: TEST_TIME_MS,
  ...over,
});
const never = new AbortController().signal;

describe.each(eventLogAdapters)('an event log on $name', ({ open, openLog, whole, skipped }) => {
  describe.skipIf(skipped)('', () => {
    let db: Database;
    let log: LogWriter & LogReader;
    let read: ReturnType<typeof readOf>;
    beforeAll(async () => {
      db = await open();
      await migrate(db);
      log = await openLog(db);
      read = readOf(log);
    });
    afterAll(() => db.close());

    const counter = async (name: string) =>
      (await db.query<{ value: number }>('SELECT value FROM counter WHERE name = $1', [name]))[0]?.value ?? 0;
    const readAll = async (from = 1) => (await read(0, from, 500)).map(({ message }) => message.id);

    it('is empty at first', async () => {
      expect(log.partitions).toEqual([0]);
      expect(await log.head(0)).toBe(0);
      expect(await read(0, 1, 10)).toEqual([]);
      expect(await log.append([])).toEqual([]);
    });

    it('gives back messages in order, from any offset, as they came', async () => {
      const site = testSite();
      const messages = [
        birth({ sequence: 1, site }),
        observations({ sequence: 2, site }),
        report({ sequence: 1 }),
      ];
      expect(await log.append(messages.map((message) => incoming(message)))).toEqual([
        'stored',
        'stored',
        'stored',
      ]);
      expect(await log.head(0)).toBe(3);
      expect(await read(0, 1, 10)).toEqual(
        messages.map((message, index) => ({
          partition: 0,
          offset: index + 1,
          receivedAtMs: TEST_TIME_MS,
          message,
        })),
      );
      expect((await read(0, 2, 1)).map(({ offset }) => offset)).toEqual([2]);
      expect(await read(0, 4, 10)).toEqual([]);
    });

    it('stores a message once, however often it comes: again, in the same batch, or both', async () => {
      const before = { head: await log.head(0), duplicate: await counter('intake.duplicate') };
      const sent = [2, 3, 3, 4, 2].map((sequence) => incoming(observations({ sequence })));
      expect(await log.append(sent)).toEqual(['duplicate', 'stored', 'duplicate', 'stored', 'duplicate']);
      expect(await log.head(0)).toBe(before.head + 2);
      expect(await readAll(before.head + 1)).toEqual(['cam-1/boot-1/3', 'cam-1/boot-1/4']);
      expect(await counter('intake.duplicate')).toBe(before.duplicate + 3);
      expect(await counter('intake.stored')).toBe(before.head + 2);
    });

    it('knows the same sequence of another boot, or of another device, as another message', async () => {
      const sent = [
        incoming(observations({ sequence: 2, bootId: 'boot-2' })),
        incoming(observations({ sequence: 2, device: 'cam-2' })),
      ];
      expect(await log.append(sent)).toEqual(['stored', 'stored']);
    });

    it('keeps offsets dense and in the order of each appender, whoever appends at the same time', async () => {
      const from = (await log.head(0)) + 1;
      const appenders = Array.from({ length: 6 }, (_, device) => ({
        device: `many-${device}`,
        sequences: Array.from({ length: 20 }, (_, index) => index + 1),
      }));
      await Promise.all(
        appenders.map(async ({ device, sequences }) => {
          for (const sequence of sequences) await log.append([incoming(observations({ device, sequence }))]);
        }),
      );
      const found = await read(0, from, 500);
      expect(found.map(({ offset }) => offset)).toEqual(
        Array.from({ length: 120 }, (_, index) => from + index),
      );
      for (const { device, sequences } of appenders)
        expect(found.flatMap(({ message }) => (message.device === device ? [message.sequence] : []))).toEqual(
          sequences,
        );
    });

    it.skipIf(!whole)('stores none of a batch it cannot store all of', async () => {
      const head = await log.head(0);
      const good = incoming(observations({ sequence: 900 }));
      const bad = { ...incoming(observations({ sequence: 901 })), payload: 'NUL \0 is no text for Postgres' };
      await expect(log.append([good, bad])).rejects.toMatchObject({ code: '22021' });
      expect(await log.head(0)).toBe(head);
      expect(await log.append([good])).toEqual(['stored']);
    });

    it('knows each site version that a birth carried, and who may speak for it', async () => {
      const site = testSite({ id: 'plaza', devices: ['cam-8', 'cam-9'] });
      const changed = { ...site, attentionMetres: 50 };
      await log.append([
        incoming(birth({ device: 'cam-8', sequence: 1, site })),
        incoming(birth({ device: 'cam-9', sequence: 1, site })),
        incoming(birth({ device: 'cam-9', sequence: 2, site: changed })),
      ]);
      const rows = await db.query(
        `SELECT version, body FROM site_version WHERE site_id = 'plaza' ORDER BY first_seen`,
      );
      expect(rows).toHaveLength(2);
      expect(rows).toContainEqual({ version: contentHash(changed), body: changed });
      expect(await log.siteDevices({ id: 'plaza', version: contentHash(site) })).toEqual(['cam-8', 'cam-9']);
      expect(await log.siteDevices({ id: 'plaza', version: contentHash('another') })).toBeUndefined();
    });

    it('follows what becomes of a device', async () => {
      const device = 'cam-5';
      const state = async () => (await db.query('SELECT * FROM device WHERE id = $1', [device]))[0];
      const site = testSite({ id: 'bridge', devices: [device] });
      await log.append([incoming(birth({ device, sequence: 1, site }), 1000)]);
      expect(await state()).toEqual({
        id: device,
        kind: 'camera',
        state: 'online',
        software: 'test 1.0',
        boot_id: 'boot-1',
        site_id: 'bridge',
        clock_state: null,
        last_seen_at: new Date(1000),
        last_sequence: 1,
      });
      await log.append([incoming(observations({ device, sequence: 2, site }), 2000)]);
      expect(await state()).toMatchObject({
        clock_state: 'synchronised',
        software: 'test 1.0',
        site_id: 'bridge',
      });
      await log.append([incoming(lastWill({ device }), 3000)]);
      expect(await state()).toMatchObject({ state: 'lost', site_id: 'bridge', last_seen_at: new Date(3000) });
      await log.append([incoming(observations({ device, sequence: 2, site }), 4000)]);
      expect(await state()).toMatchObject({ state: 'online', last_seen_at: new Date(4000) });
    });

    it('keeps each dead letter, also of the same bytes, and the beginning of a long one', async () => {
      const long = Buffer.alloc(10_000, 7);
      await log.reject([
        letter(),
        letter(),
        letter({ payload: long, bytes: 5_000_000, topic: 'nul \0 in it' }),
      ]);
      const rows = await db.query('SELECT topic, reason, bytes, payload FROM dead_letter ORDER BY bytes');
      expect(rows).toEqual([
        { topic: 'wayside/v1/cam-1/status', reason: 'not-json', bytes: 6, payload: Buffer.from('{"half') },
        { topic: 'wayside/v1/cam-1/status', reason: 'not-json', bytes: 6, payload: Buffer.from('{"half') },
        { topic: 'nul \uFFFD in it', reason: 'not-json', bytes: 5_000_000, payload: long.subarray(0, 4096) },
      ]);
      expect(await counter('intake.deadLettered')).toBe(3);
    });

    it('wakes who waits for more, and lets go after the timeout', async () => {
      const waiting = log.changed(60_000, never);
      await log.append([incoming(observations({ sequence: 950 }))]);
      await waiting;
      await log.changed(20, never);
    });

    it('returns no more at once than a reader can bear', async () => {
      const head = await log.head(0);
      const pad = ' '.repeat(250_000);
      for (let batch = 0; batch < 4; batch++)
        await log.append(
          Array.from({ length: 10 }, (_, index) => {
            const message = observations({ sequence: 2000 + batch * 10 + index });
            return { ...incoming(message), payload: `${JSON.stringify(message)}${pad}` };
          }),
        );
      const found = await read(0, head + 1, 500);
      expect(found.length).toBeGreaterThan(30);
      expect(found.length).toBeLessThan(40);
    });

    it('refuses to be opened with another number of partitions', async () => {
      await expect(openLog(db, 4)).rejects.toMatchObject({
        code: 'partitions-changed',
      });
    });
  });

  describe.skipIf(skipped)('of several partitions', () => {
    it('keeps a site in one of them, each with offsets of its own', async () => {
      const db = await open();
      await migrate(db);
      const log = await openLog(db, 4);
      const readIn = readOf(log);
      const sites = Array.from({ length: 12 }, (_, index) =>
        testSite({ id: `s${index}`, devices: [`d${index}`] }),
      );
      const sent = sites.flatMap((site, index) => {
        const device = `d${index}`;
        return [
          birth({ device, site, sequence: 1 }),
          observations({ device, site, sequence: 2 }),
          lastWill({ device }),
        ];
      });
      await log.append(sent.map((message) => incoming(message)));
      const read = await Promise.all(log.partitions.map((partition) => readIn(partition, 1, 500)));
      expect(read.flat()).toHaveLength(sent.length);
      for (const messages of read) {
        expect(messages.map(({ offset }) => offset)).toEqual(messages.map((_, index) => index + 1));
        for (const device of new Set(messages.map(({ message }) => message.device)))
          expect(messages.filter(({ message }) => message.device === device)).toHaveLength(3);
      }
      await db.close();
    });
  });
});
