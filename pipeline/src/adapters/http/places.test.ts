import { DeadLetterPage, DeviceList, SiteList, SiteView } from '@wayside/contracts/http';
import { REASONS } from '@wayside/contracts/verdict';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../app/database.ts';
import { testSite } from '../../testing/messages.ts';
import { get } from './testing/get.ts';
import { openTestDatabase, testServer } from './testing/house.ts';
import { insertDeadLetter, insertDevice, insertInfraction, insertSite, T0 } from './testing/rows.ts';

describe('places and rejected messages over HTTP', () => {
  let database: Database;
  let server: FastifyInstance;

  beforeAll(async () => {
    database = await openTestDatabase();
    server = await testServer({ database });
    await insertSite(database, testSite({ id: 'east', name: 'East, old' }), T0);
    await insertSite(database, testSite({ id: 'east', name: 'East' }), T0 + 1000);
    await insertSite(database, testSite({ id: 'west', name: 'West' }), T0);
    await insertDevice(database, 'cam-1', 'east', T0 + 5000);
    await insertDevice(database, 'cam-2', 'east', T0 + 7000);
    await insertDevice(database, 'handheld-1', null, T0);
    const letter = (name: string, reason: string, payload: Uint8Array, atMs: number) =>
      insertDeadLetter(database, { name, reason, payload, atMs });
    await letter('a', 'not-json', Buffer.from('{"a": '), T0);
    await letter('b', 'schema', Uint8Array.of(0xff, 0), T0 + 1);
    await letter('c', 'schema', Buffer.from('x'.repeat(5000)), T0 + 2);
    await insertInfraction(database, { name: 'one', atMs: T0 });
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  it('show each site in its newest geometry, and when a device of it was last heard', async () => {
    const { items } = await get(server, '/api/sites', SiteList);
    expect(items).toMatchObject([
      { site: { id: 'east', name: 'East' }, lastSeenAt: '2026-05-01T12:00:07.000Z' },
      { site: { id: 'west' }, lastSeenAt: null },
    ]);
    expect((await get(server, '/api/sites/east', SiteView)).site.name).toBe('East');
    expect((await server.inject('/api/sites/north')).statusCode).toBe(404);
  });

  it('are read page by page', async () => {
    const first = await get(server, '/api/devices?limit=2', DeviceList);
    expect(first.items.map(({ id }) => id)).toEqual(['cam-1', 'cam-2']);
    const last = await get(server, `/api/devices?limit=2&cursor=${first.next ?? ''}`, DeviceList);
    expect(last).toMatchObject({ items: [{ id: 'handheld-1', site: null }], next: null });
    const sites = await get(server, '/api/sites?limit=1', SiteList);
    expect((await get(server, `/api/sites?cursor=${sites.next ?? ''}`, SiteList)).items).toHaveLength(1);
  });

  it('tell what was rejected, newest first, and how much for which reason', async () => {
    const page = await get(server, '/api/dead-letters?limit=2', DeadLetterPage);
    expect(page).toMatchObject({
      total: 3,
      reasons: [
        { reason: 'schema', count: 2 },
        { reason: 'not-json', count: 1 },
      ],
      items: [{ bytes: 5000, preview: 'x'.repeat(256) }, { preview: 'ff00' }],
    });
    const rest = await get(server, `/api/dead-letters?cursor=${page.next ?? ''}`, DeadLetterPage);
    expect(rest).toMatchObject({ items: [{ preview: '{"a": ' }], next: null, total: 3 });
  });

  it('never fail, whatever the query', async () => {
    const names = ['limit', 'cursor', 'site', 'rule', 'from', 'to', 'outcome', 'reason', 'minutes', 'x'];
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer().map(String),
      fc
        .date({ noInvalidDate: false })
        .map((date) => (Number.isNaN(date.getTime()) ? 'never' : date.toISOString())),
      fc.constantFrom(
        '0001-01-01T00:00:00Z',
        '9999-12-31T23:59:59.999999999-23:59',
        '2026-05-01T12:00:00Z',
        '2016-12-31T23:59:60Z',
      ),
      fc.constantFrom(
        '',
        '\0',
        "'; DROP TABLE infraction; --",
        '1e9',
        '-1',
        'site-1',
        'infraction',
        ...REASONS,
      ),
      fc.constantFrom(
        'MTc3NzYzNjgwMDAwMDAwMC4wMDAwMDAwMC0wMDAwLTEwMDAtODAwMC0wMDAwMDAwMDAwMDA',
        'ZWFzdA',
        '_',
        'e30',
      ),
    );
    const paths = fc.oneof(
      fc.constantFrom('infractions', 'verdicts', 'rollup', 'sites', 'devices', 'dead-letters'),
      fc
        .tuple(
          fc.constantFrom('infractions', 'accounts', 'sites'),
          fc.oneof(fc.uuid(), fc.string({ unit: 'grapheme' })),
        )
        .map(([list, id]) => `${list}/${encodeURIComponent(id)}`),
    );
    const pairs = fc.array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 4 });
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(paths, pairs, async (path, query) => {
        const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
        const { statusCode, body } = await server.inject(`/api/${path}?${search}`);
        statuses.add(statusCode);
        expect([200, 400, 404], body).toContain(statusCode);
      }),
      { numRuns: 400 },
    );
    expect(statuses).toContain(200);
    expect(statuses).toContain(400);
  });
});
