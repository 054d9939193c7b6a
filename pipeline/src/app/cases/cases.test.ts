import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../adapters/testing/test-database.ts';
import {
  act,
  balanceOf,
  beginnings,
  caseIdOf,
  recordInfraction,
  testHouse,
  type TestHouse,
} from '../../testing/case-house.ts';
import { driver, keeper, officer, plate, system, ticket } from '../../testing/case-walk.ts';
import { evolve } from '../../domain/case/evolve.ts';
import { openCase } from '../../domain/case/open-case.ts';
import type { Database } from '../database.ts';
import { caseView, readCase } from './case-views.ts';
import { openCases } from './open-cases.ts';
import { transition } from './transition.ts';

const note = 'The pedestrian was on the second stripe in every frame.';
let database: Database;
let house: TestHouse;
let begin: ReturnType<typeof beginnings>;

beforeAll(async () => {
  database = await openTestDatabase();
  house = testHouse(database, '2026-03-02T03:00:00Z');
  begin = beginnings(house);
});
afterAll(() => database.close());

describe('a case in the database', () => {
  it('walks from the hold to posted points when nobody objects', async () => {
    const { id, account } = await begin.noticed();
    expect(await begin.pass('2026-03-19T15:59:59Z')).toMatchObject({ failed: [] });
    expect(await begin.stateOf(id)).toBe('noticed');
    await begin.pass('2026-03-19T16:00:00Z');
    expect(await begin.stateOf(id)).toBe('posted');
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 3 });
  });

  it('walks from the hold over a dismissed appeal to posting, and its head is the fold of its history', async () => {
    const { id, account } = await begin.noticed();
    await act(house, id, '2026-03-12T02:00:00Z', ['appeal', driver(account), 'disputes-facts'], {
      note: 'I stopped.',
    });
    expect(await balanceOf(database, account)).toBeUndefined(); // the queue has not come by yet
    await begin.pass('2026-03-19T16:00:00Z');
    expect(await begin.stateOf(id)).toBe('appealed');
    await act(house, id, '2026-03-20T02:00:00Z', ['assign', officer('wu'), 'taken']);
    await act(house, id, '2026-03-20T02:30:00Z', ['dismiss', officer('wu'), 'facts-stand'], { note });
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 3 });

    const record = await readCase(database, id);
    expect(record?.transitions.map(({ to }) => to)).toEqual([
      'opened',
      'in-review',
      'confirmed',
      'keeper-notified',
      'identified',
      'noticed',
      'appealed',
      'appealed',
      'appealed',
      'dismissed',
      'final',
      'posted',
    ]);
    expect(record?.transitions.at(9)).toMatchObject({ actor: officer('wu'), reason: 'facts-stand', note });
    const [first, ...rest] = record?.transitions ?? [];
    const file = record!.file;
    const opened = openCase({ ...file, occurredAtMs: file.moments.occurred ?? 0 }, first?.atMs ?? 0);
    const { keeper: account0 } = file;
    expect(rest.reduce(evolve, { ...opened.file, account: account0 })).toEqual(file);
  });

  it('writes under which rules each step was taken', async () => {
    const { id } = await begin.confirmed();
    const rows = await database.query(
      'SELECT DISTINCT profile, profile_version, process_version FROM case_transition WHERE case_id = $1',
      [id],
    );
    expect(rows).toEqual([{ profile: 'cn', profile_version: '2026-07-01', process_version: '2026-07-01' }]);
  });

  it('moves the hold from the keeper to the driver that the keeper names', async () => {
    const { id, account } = await begin.confirmed();
    const named = plate('driver-of-');
    await act(house, id, '2026-03-04T02:00:00Z', ['notify-keeper', system, 'letter-delivered']);
    await act(house, id, '2026-03-05T02:00:00Z', ['name-driver', keeper(account), 'keeper-names-driver'], {
      driver: named,
    });
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 0 });
    expect(await balanceOf(database, named)).toEqual({ held: 3, posted: 0 });
    await act(house, id, '2026-03-06T02:00:00Z', ['notify-driver', system, 'letter-delivered']);
    await act(house, id, '2026-03-07T02:00:00Z', ['accept', driver(named), 'paid']);
    expect(await balanceOf(database, named)).toEqual({ held: 0, posted: 3 });
  });

  it('holds from a driver named by an officer where no plate was read', async () => {
    const infraction = await recordInfraction(database, {
      name: 'unread',
      account: null,
      occurredAt: '2026-03-02T02:00:00Z',
      recordedAt: '2026-03-02T02:00:01Z',
    });
    house.set('2026-03-02T03:00:00Z');
    await openCases(house, { all: true });
    const id = caseIdOf(infraction);
    const named = plate('unread-');
    await act(house, id, '2026-03-03T02:00:00Z', ['assign', officer('li'), 'taken']);
    await act(house, id, '2026-03-03T02:05:00Z', ['confirm', officer('li'), 'seen-in-evidence']);
    await act(house, id, '2026-03-03T02:06:00Z', ['name-driver', officer('li'), 'stopped-on-the-spot'], {
      driver: named,
    });
    expect(await balanceOf(database, named)).toEqual({ held: 3, posted: 0 });
  });

  it('posts a passenger’s point after seven working days without asking a keeper', async () => {
    const account = ticket('passenger-');
    const { id } = await begin.aCase({
      account,
      kind: 'report',
      site: 'crg/G334',
      points: 1,
      device: 'handheld-1',
    });
    await act(house, id, '2026-03-03T02:00:00Z', ['assign', officer('li'), 'taken']);
    expect(
      (await act(house, id, '2026-03-03T02:05:00Z', ['confirm', officer('li'), 'seen-in-evidence'])).state,
    ).toBe('identified');
    await act(house, id, '2026-03-04T02:00:00Z', ['notify-driver', system, 'letter-delivered']);
    await begin.pass('2026-03-13T15:59:59Z');
    expect(await begin.stateOf(id)).toBe('noticed');
    await begin.pass('2026-03-13T16:00:00Z');
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 1 });
  });

  it('has lapsed where its last day is over, also when a person comes before the scheduler', async () => {
    const { id, account } = await begin.noticed();
    house.set('2026-03-19T16:00:00Z');
    const late = await transition(house, id, {
      event: 'appeal',
      actor: driver(account),
      reason: 'disputes-facts',
    });
    expect(late).toMatchObject({ kind: 'refused', code: 'not-in-this-state', state: 'posted', allowed: [] });
    expect(await begin.stateOf(id)).toBe('posted');
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 3 });
  });

  it('is released with its points when nobody reviews it in five working days', async () => {
    const { id, account } = await begin.aCase();
    await begin.pass('2026-03-09T15:59:59Z');
    expect(await begin.stateOf(id)).toBe('opened');
    await begin.pass('2026-03-09T16:00:00Z');
    expect((await readCase(database, id))?.transitions.at(-1)).toMatchObject({
      to: 'released',
      actor: system,
      reason: 'review-lapsed',
    });
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 0 });
  });

  it('never posts what was measured after the calibration had expired', async () => {
    const { id, account } = await begin.noticed({ validUntil: '2026-03-01' });
    await begin.pass('2026-03-19T16:00:00Z');
    expect((await readCase(database, id))?.file).toMatchObject({
      state: 'final',
      blockedBy: 'calibration-expired',
    });
    expect((await begin.pass('2026-09-01T00:00:00Z')).failed).toEqual([]);
    expect(await begin.stateOf(id)).toBe('final');
    await act(house, id, '2026-09-01T00:00:00Z', ['release', officer('wu'), 'calibration-expired']);
    expect(await balanceOf(database, account)).toEqual({ held: 0, posted: 0 });
  });

  it('refuses who has an old version before them', async () => {
    const { id } = await begin.confirmed();
    const wanted = { event: 'notify-keeper', actor: system, reason: 'letter-delivered', version: 2 } as const;
    expect(await transition(house, id, wanted)).toMatchObject({ kind: 'changed', file: { version: 3 } });
  });

  it('knows no case that was never opened', async () => {
    const wanted = { event: 'assign', actor: officer('li'), reason: 'taken' } as const;
    expect(await transition(house, caseIdOf('nothing'), wanted)).toEqual({ kind: 'unknown-case' });
  });

  it('is no duplicate of a case that is not there, nor of a duplicate', async () => {
    const [a, b, c] = [await begin.aCase(), await begin.aCase(), await begin.aCase()];
    const mark = (id: string, duplicateOf: string) =>
      transition(house, id, {
        event: 'mark-duplicate',
        actor: officer('li'),
        reason: 'same-event-reported-twice',
        duplicateOf,
      });
    expect(await mark(a.id, caseIdOf('nothing'))).toMatchObject({ code: 'duplicate-of-none' });
    expect(await mark(a.id, b.id)).toMatchObject({ kind: 'done' });
    expect(await mark(c.id, a.id)).toMatchObject({ code: 'duplicate-of-none' });
    expect(await mark(b.id, a.id)).toMatchObject({ code: 'duplicate-of-none' });
  });

  it('shows when its clock ends, and what then lapses', async () => {
    const { id } = await begin.noticed();
    const record = await readCase(database, id);
    expect(await caseView(database, house, record!.file)).toMatchObject({
      state: 'noticed',
      lapses: { at: '2026-03-19T16:00:00.000Z', reason: 'appeal-window-lapsed' },
    });
  });
});
