import { AccountView, InfractionDetail, InfractionPage, Rollup } from '@wayside/contracts/http';
import { VerdictDetail, VerdictPage } from '@wayside/contracts/http-verdicts';
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../app/database.ts';
import { packTracks } from '../../app/record/packed-tracks.ts';
import { get as getBody } from './testing/get.ts';
import { openTestDatabase, testServer } from './testing/house.ts';
import { ACCOUNT, insertInfraction, insertVerdict, placeHold, T0, verdictOf } from './testing/rows.ts';

describe('the record over HTTP', () => {
  let database: Database;
  let server: FastifyInstance;
  const ids: string[] = [];

  beforeAll(async () => {
    database = await openTestDatabase();
    server = await testServer({ database });
    // Two at one moment, so that a page may end between them; ids[0] is the oldest.
    for (const [name, atMs] of [
      ['a', T0],
      ['b', T0 + 1000],
      ['c', T0 + 1000],
      ['d', T0 + 2000],
    ] as const)
      ids.push(await insertInfraction(database, { name, atMs }));
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  const get = <S extends TSchema>(url: string, schema: S) => getBody(server, url, schema);
  const page = (query: string) => get(`/api/infractions?${query}`, InfractionPage);
  const idsOf = async (query: string) => (await page(query)).items.map(({ id }) => id);

  it('lists infractions from the newest to the oldest', async () => {
    const { items, next } = await page('');
    expect(items.map(({ occurredAt }) => Date.parse(occurredAt) - T0)).toEqual([2000, 1000, 1000, 0]);
    expect(next).toBeNull();
  });

  it.each([1, 2, 3])('shows each of them once in pages of %i', async (limit) => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { items, next }: InfractionPage = await page(`limit=${limit}${cursor && `&cursor=${cursor}`}`);
      seen.push(...items.map(({ id }) => id));
      cursor = next;
    }
    expect(seen).toEqual(await idsOf(''));
  });

  it('keeps a page where it was while newer infractions arrive', async () => {
    const { next } = await page('limit=2');
    const before = await idsOf(`limit=2&cursor=${next ?? ''}`);
    await insertInfraction(database, { name: 'late', atMs: T0 + 9000, site: 'elsewhere' });
    expect(await idsOf(`limit=2&cursor=${next ?? ''}`)).toEqual(before);
  });

  it('takes a range as from ≤ t < to, to the millisecond', async () => {
    expect(await idsOf('from=2026-05-01T12:00:01Z&to=2026-05-01T12:00:02Z')).toHaveLength(2);
    expect(await idsOf('from=2026-05-01T12:00:01.001Z&to=2026-05-01T12:00:02.001Z')).toEqual([ids[3]]);
    expect(await idsOf('from=2026-05-01T20:00:00%2B08:00&to=2026-05-01T12:00:00.000001Z')).toEqual([ids[0]]);
    expect(await idsOf('from=2026-05-01T12:00:01Z&to=2026-05-01T12:00:01Z')).toEqual([]);
  });

  it('filters by site and rule', async () => {
    const id = await insertInfraction(database, {
      name: 's',
      atMs: T0 + 5000,
      site: 'other/IC-1',
      rule: 'stop-on-crosswalk',
    });
    expect(await idsOf('site=other/IC-1')).toEqual([id]);
    expect(await idsOf('rule=stop-on-crosswalk')).toEqual([id]);
    expect(await idsOf('rule=stop-on-crosswalk&site=site-1')).toEqual([]);
  });

  it.each([
    ['pending', {}],
    ['none', { points: 0 }],
    ['unidentified', { account: null }],
  ] as const)('says where a hold is %s', async (state, seed) => {
    const id = await insertInfraction(database, { name: state, atMs: T0 + 6000, ...seed });
    expect((await get(`/api/infractions/${id}`, InfractionDetail)).infraction.hold).toBe(state);
  });

  it.each([
    ['held', undefined],
    ['posted', 'post'],
    ['released', 'release'],
  ] as const)('says where a hold is %s, and how the account stands', async (state, resolution) => {
    const account = `road:plate_${state.charAt(0).repeat(43)}`;
    const id = await insertInfraction(database, { name: state, atMs: T0 + 7000, account });
    await placeHold(database, id, resolution);
    expect((await get(`/api/infractions/${id}`, InfractionDetail)).infraction.hold).toBe(state);
    const view = await get(`/api/accounts/${account}`, AccountView);
    expect(view).toMatchObject({
      held: state === 'held' ? 3 : 0,
      posted: state === 'posted' ? 3 : 0,
      available: state === 'released' ? 12 : 9,
    });
    expect(view.entries.map(({ kind }) => kind)).toEqual(resolution ? [resolution, 'hold'] : ['hold']);
    expect(view.entries.every(({ infraction }) => infraction === id)).toBe(true);
  });

  it('shows one infraction with its sealed evidence, paths, and place', async () => {
    const detail = await get(`/api/infractions/${ids[0] ?? ''}`, InfractionDetail);
    expect(detail).toMatchObject({ siteName: 'Test crossing', timeZone: 'Asia/Shanghai' });
    expect(detail.evidence.body.tracks[0]).toMatchObject({ track: '17', xCm: [0, 40] });
    expect(detail.evidence.seal).toMatchObject({ chain: '0', previousSha256: null });
  });

  it('says so where the evidence of an infraction is missing, for that must never be', async () => {
    await database.query(
      `INSERT INTO infraction SELECT '00000000-0000-4000-8000-000000000001', '2020-01-01', recorded_at, verdict_id, kind, site,
         rule, profile, profile_version, vehicle_track, pedestrian_tracks, account, points, origin, explanation, measures
       FROM infraction WHERE id = $1`,
      [ids[0]],
    );
    const response = await server.inject('/api/infractions/00000000-0000-4000-8000-000000000001');
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ detail: expect.stringContaining('wayside verify') as string });
  });

  it('shows clear and undecided verdicts with their reason, and nobody’s plate', async () => {
    const seed = { atMs: T0 + 100, site: 'site-1', rule: 'fail-to-yield', points: 0 } as const;
    await insertVerdict(database, verdictOf({ ...seed, name: 'v1', outcome: 'clear', reason: 'gave-way' }));
    await insertVerdict(
      database,
      verdictOf({ ...seed, name: 'v2', outcome: 'undecided', reason: 'track-broken' }),
    );
    const { items } = await get('/api/verdicts?outcome=undecided', VerdictPage);
    expect(items).toMatchObject([{ reason: 'track-broken', vehicleTrack: '17', pedestrianTracks: ['4'] }]);
    expect(
      await get('/api/verdicts?reason=gave-way&rule=fail-to-yield&site=site-1', VerdictPage),
    ).toMatchObject({
      items: [{ outcome: 'clear', findings: [{ rule: 'fail-to-yield' }] }],
    });
    expect((await get('/api/verdicts?rule=seat-refusal', VerdictPage)).items).toEqual([]);
    expect(JSON.stringify(await get('/api/verdicts', VerdictPage))).not.toContain('plate_');
  });

  it('shows one verdict with its paths, and without them once they are forgotten', async () => {
    const seed = { atMs: T0 + 200, site: 'site-1', rule: 'fail-to-yield', points: 0 } as const;
    const verdict = verdictOf({ ...seed, name: 'v3', outcome: 'undecided', reason: 'track-broken' });
    await insertVerdict(database, verdict);
    const tracks = [{ track: '17', kind: 'car' as const, startMs: T0, dtMs: [0], xCm: [1], yCm: [2] }];
    await database.query(
      `INSERT INTO track_segment VALUES ($1::uuid, $2::timestamptz, 'undecided', $3::bytea)`,
      [verdict.id, new Date(verdict.occurredAtMs), packTracks(tracks)],
    );
    const url = `/api/verdicts/${verdict.id}`;
    expect(await get(url, VerdictDetail)).toMatchObject({ verdict: { reason: 'track-broken' }, tracks });
    await database.query('DELETE FROM track_segment');
    expect(await get(url, VerdictDetail)).toMatchObject({ verdict: { id: verdict.id }, tracks: null });
    expect((await server.inject('/api/verdicts/00000000-0000-4000-8000-000000000001')).statusCode).toBe(404);
  });

  it('counts verdicts a minute, up to now or to a moment', async () => {
    const minute = { site: 'site-1', minute: '2026-05-01T12:00:00.000Z', outcome: 'clear', count: 1 };
    expect((await get('/api/rollup?site=site-1', Rollup)).items).toContainEqual(minute);
    expect((await get('/api/rollup?minutes=1&to=2026-05-01T12:00:59Z', Rollup)).items).toContainEqual(minute);
    expect((await get('/api/rollup?minutes=1&to=2026-05-01T12:01:00Z', Rollup)).items).not.toContainEqual(
      minute,
    );
    expect((await get('/api/rollup?site=nowhere', Rollup)).items).toEqual([]);
  });

  it('has no list of accounts, and a plain answer for one that is not there', async () => {
    expect((await server.inject('/api/accounts')).statusCode).toBe(404);
    const response = await server.inject(
      `/api/accounts/${ACCOUNT.replaceAll('p', 'q').replace('qlate', 'plate')}`,
    );
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});
