import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deriveId } from '@wayside/contracts/ids';
import { createHolds } from '@wayside/pipeline/app/holds/holds';
import { createInProcessBus } from '@wayside/pipeline/adapters/in-process-bus';
import type { JobQueue } from '@wayside/pipeline/app/job-queue';
import { placeHolds, type DueHold } from '@wayside/pipeline/app/ledger/place-holds';
import { createRecorder } from '@wayside/pipeline/app/record/recorder';
import { resolveHold } from '@wayside/pipeline/app/ledger/resolve-hold';
import { foldPockets, heldAndPosted } from '@wayside/pipeline/domain/ledger/fold';
import { holdIdOf, type Transfer } from '@wayside/pipeline/domain/ledger/transfer';
import { openHouse, profiles, silent, type TestHouse } from './house.ts';
import { reports, token } from './messages.ts';
import { dyingAt, empty, storedRows } from './rows.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => empty(house.database));
afterAll(() => house.close());

const profileOf = (scheme: string) => profiles.find(({ id }) => id === scheme);
const AT_MS = Date.UTC(2026, 4, 2);

function due(name: string, points: number, person = 'a', scheme = 'cn'): DueHold {
  const infractionId = deriveId('infraction', name);
  const account = `road:${token('plate', person)}`;
  return { holdId: holdIdOf(infractionId), infractionId, account, scheme, points, detectedAtMs: AT_MS - 500 };
}

const place = (...holds: readonly DueHold[]) =>
  house.database.transaction((tx) => placeHolds(tx, holds, profileOf, AT_MS));
const resolve = (hold: DueHold, as: 'post' | 'release', cause = 'case:1') =>
  house.database.transaction((tx) => resolveHold(tx, hold.holdId, as, cause, AT_MS));
const balances = () => house.database.query('SELECT held, posted FROM balance ORDER BY account');

const HOUR_MS = 3_600_000;

describe('clocks that are wrong', () => {
  it.each([
    { who: 'a judge whose clock is ahead', judgeMs: HOUR_MS, workerMs: 0 },
    { who: 'a worker whose clock is behind', judgeMs: 0, workerMs: -HOUR_MS },
  ])('let nobody wait for $who', async ({ judgeMs, workerMs }) => {
    await house.log.append(reports(10));
    const record = createRecorder(house.signer, () => Date.now() + judgeMs);
    await house.judgeAll({ record });
    const holds = createHolds({
      database: house.database,
      queue: { wake: () => Promise.resolve(), work: () => Promise.resolve(), close: () => Promise.resolve() },
      profiles,
      bus: createInProcessBus(silent),
      clock: () => Date.now() + workerMs,
      logger: silent,
      sweepIntervalMs: 50,
    });
    expect(await holds.placeNow()).toBeGreaterThan(0);
    expect(await house.database.query('SELECT 1 FROM hold_due WHERE placed_at IS NULL')).toEqual([]);
  });
});

describe('the ledger', () => {
  it('opens the account, awards its points and holds what is due, in one move each', async () => {
    await place(due('one', 3));
    expect(
      await house.database.query('SELECT kind, debit, credit, points FROM transfer ORDER BY kind'),
    ).toEqual([
      { kind: 'award', debit: 'cn#authority', credit: `road:${token('plate', 'a')}#available`, points: 12 },
      {
        kind: 'hold',
        debit: `road:${token('plate', 'a')}#available`,
        credit: `road:${token('plate', 'a')}#held`,
        points: 3,
      },
    ]);
    expect(await balances()).toEqual([{ held: 3, posted: 0 }]);
  });

  it('takes from the authority where the scheme counts up', async () => {
    await place(due('one', 3, 'a', 'uk'));
    expect(await house.database.query('SELECT kind, debit FROM transfer')).toEqual([
      { kind: 'hold', debit: 'uk#authority' },
    ]);
  });

  it('holds all that is due, also beyond what the account has left', async () => {
    await place(due('one', 9), due('two', 6));
    expect(await balances()).toEqual([{ held: 15, posted: 0 }]);
  });

  it('places a hold once, however often it is asked to', async () => {
    const hold = due('one', 3);
    expect((await place(hold, hold)).placed.length).toBeGreaterThan(0);
    expect(await place(hold)).toEqual({ placed: [], conflicts: [] });
    expect(await balances()).toEqual([{ held: 3, posted: 0 }]);
  });

  it('refuses the same id with other content, and leaves what stands', async () => {
    await place(due('one', 3));
    expect(await place(due('one', 6), due('two', 1))).toMatchObject({
      placed: [due('two', 1)],
      conflicts: [due('one', 3).holdId],
    });
    expect(await balances()).toEqual([{ held: 4, posted: 0 }]);
  });

  it('resolves a hold once: posted or released, never both', async () => {
    const hold = due('one', 3);
    await place(hold);
    expect((await resolve(hold, 'post')).kind).toBe('resolved');
    expect((await resolve(hold, 'post')).kind).toBe('exists');
    expect((await resolve(hold, 'post', 'case:2')).kind).toBe('already-resolved');
    expect((await resolve(hold, 'release')).kind).toBe('already-resolved');
    expect((await resolve(due('never', 3), 'post')).kind).toBe('unknown-hold');
    expect(await balances()).toEqual([{ held: 0, posted: 3 }]);
  });

  it('keeps balances that equal the fold of its rows, whatever happens in whatever order', async () => {
    const move = fc.record({
      hold: fc.integer({ min: 0, max: 7 }),
      act: fc.constantFrom('place' as const, 'post' as const, 'release' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 14 }), async (moves) => {
        await empty(house.database);
        for (const { hold: n, act } of moves) {
          const hold = due(`infraction ${n}`, 1 + n, `person ${n % 3}`, n % 2 ? 'cn' : 'uk');
          await (act === 'place' ? place(hold) : resolve(hold, act));
        }
        const transfers = await house.database.query<Transfer>('SELECT * FROM transfer');
        const pockets = foldPockets(transfers);
        expect([...pockets.values()].reduce((sum, points) => sum + points, 0)).toBe(0);
        for (const { account, ...kept } of await house.database.query<{ account: string }>(
          'SELECT account, held, posted FROM balance',
        ))
          expect(kept).toEqual(heldAndPosted(pockets, account));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('lets nobody change or remove a move, or evidence', async () => {
    await house.log.append(reports(3));
    await house.judgeAll();
    await place(due('one', 3));
    for (const sql of [
      'UPDATE transfer SET points = 1',
      'DELETE FROM transfer',
      'TRUNCATE transfer CASCADE',
      `UPDATE evidence SET body = ''`,
      'DELETE FROM evidence',
    ])
      await expect(house.database.query(sql), sql).rejects.toThrow(/immutable/);
  });
});

describe('the holds', () => {
  it('are placed by the sweeper while the queue is down', async () => {
    await house.log.append(reports(20));
    await house.judgeAll();
    const holds = house.holds();
    const stopping = new AbortController();
    const running = holds.run(stopping.signal);
    await expect.poll(() => holds.swept()).toBe(12);
    stopping.abort();
    await running;
    expect(holds.latency().count).toBe(12);
    expect(await house.database.query('SELECT 1 FROM hold_due WHERE placed_at IS NULL')).toEqual([]);
  });

  it('are placed in groups until none is left, and told to the pages', async () => {
    house.events.length = 0;
    await house.log.append(reports(20));
    await house.judgeAll();
    house.events.length = 0;
    await house.holds().placeNow();
    expect(house.events.map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => 'hold'));
    expect(await house.holds().placeNow()).toBe(0);
  });

  it('come out the same when placing dies between any two steps', async () => {
    await house.log.append(reports(20));
    await house.judgeAll();
    await house.holds().placeNow();
    const undisturbed = await storedRows(house.database);
    for (let step = 1; ; step++) {
      await empty(house.database);
      await house.log.append(reports(20));
      await house.judgeAll();
      const died = await house
        .holds(undefined, dyingAt(step, house.database))
        .placeNow()
        .then(
          () => false,
          () => true,
        );
      if (!died) {
        expect(step).toBeGreaterThan(6);
        return;
      }
      await house.holds().placeNow();
      expect(await storedRows(house.database), `died at step ${step}`).toEqual(undisturbed);
    }
  }, 60_000);

  it('wait, and show as waiting, where the house has no profile of their scheme', async () => {
    await house.log.append(reports(3));
    await house.judgeAll();
    await house.database.query(
      `UPDATE hold_due SET scheme = 'xx' WHERE hold_id = (SELECT min(hold_id::text)::uuid FROM hold_due)`,
    );
    expect(await house.holds().placeNow()).toBe(1);
    expect(await house.holds().placeNow()).toBe(0);
  });

  it('are looked for when the queue says so', async () => {
    let look: () => Promise<void> = () => Promise.reject(new Error('nobody works'));
    const queue: JobQueue = {
      wake: () => look(),
      work: (work) => {
        look = work;
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    const stopping = new AbortController();
    const holds = createHolds({
      database: house.database,
      queue,
      profiles,
      bus: createInProcessBus(silent),
      clock: Date.now,
      logger: silent,
      sweepIntervalMs: 60_000,
    });
    const running = holds.run(stopping.signal);
    await house.log.append(reports(3));
    await house.judgeAll({ wake: () => void queue.wake() });
    await expect.poll(() => holds.latency().count).toBe(2);
    stopping.abort();
    await running;
  });
});
