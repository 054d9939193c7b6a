/**
 * Random histories in the database: people and schedulers at the same cases at the same time, time passing, processes
 * dying in the middle. A small model of its own knows what must have become of each case's points.
 */
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import type { Database } from '@wayside/pipeline/app/database';
import { readCase } from '@wayside/pipeline/app/cases/case-views';
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { runDueCases } from '@wayside/pipeline/app/cases/run-due';
import { transition } from '@wayside/pipeline/app/cases/transition';
import { allowedEvents } from '@wayside/pipeline/domain/case/table';
import { EVENT_RULES } from '@wayside/pipeline/domain/case/event-rules';
import {
  balanceOf,
  caseIdOf,
  recordInfraction,
  testHouse,
  type TestHouse,
} from '@wayside/pipeline/testing/case-house';
import { DAY_MS, driver, keeper, officer, plate, system } from '@wayside/pipeline/testing/case-walk';
import type { Actor, CaseEvent } from '@wayside/contracts/case';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSoundBooks } from './checks.ts';
import { dyingAt } from './dying.ts';

const HISTORIES = Number(process.env['WAYSIDE_TEST_HISTORIES'] ?? 12);
const CASES = 3;
const start = Date.parse('2026-03-02T03:00:00Z');

const move = fc.record({
  which: fc.nat(CASES - 1),
  event: fc.nat(),
  attempt: fc.nat(),
  driver: fc.constantFrom('named', 'keeper'),
  afterMs: fc.oneof(
    { weight: 20, arbitrary: fc.nat(60_000) },
    { weight: 3, arbitrary: fc.nat(2 * DAY_MS) },
    { weight: 1, arbitrary: fc.nat(40 * DAY_MS) },
  ),
  /** Schedulers that come by at the same moment. */
  schedulers: fc.constantFrom(0, 0, 1, 2),
  /** The process dies at this statement of its transaction. */
  diesAt: fc.option(fc.integer({ min: 1, max: 14 }), { freq: 4, nil: undefined }),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

describe('random histories of cases', () => {
  let database: Database;
  let house: TestHouse;
  let played = 0;
  const ends = new Map<string, number>();
  beforeAll(async () => {
    database = await openTestDatabase();
    house = testHouse(database, '2026-03-02T03:00:00Z');
  });
  afterAll(() => database.close());

  /** Cases of one history share an account, so that their holds meet. */
  async function openHistory(history: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let i = 0; i < CASES; i++)
      ids.push(
        caseIdOf(
          await recordInfraction(database, {
            name: `history-${history}-${i}`,
            account: accountOf(history),
            occurredAt: new Date(start - 3_600_000 + i * 60_000).toISOString(),
            recordedAt: new Date(start).toISOString(),
            points: i + 1,
          }),
        ),
      );
    house.set(start);
    await openCases(house, { all: true });
    return ids;
  }

  async function attempt(id: string, given: Move, history: number): Promise<void> {
    const state = (await readCase(database, id))!.file.state;
    const events = allowedEvents(state).filter((event) => event !== 'release' || given.attempt % 5 === 0);
    const event = events[given.event % Math.max(events.length, 1)];
    if (event === undefined) return;
    const named = given.driver === 'named' ? plate(`driver-${history}-`) : accountOf(history);
    const choices = choicesOf(event, history);
    for (let again = 0; again < choices.length; again++) {
      const { actor, reason } = choices[(given.attempt + again) % choices.length]!;
      const on =
        given.diesAt === undefined ? house : { ...house, database: dyingAt(database, given.diesAt).database };
      const result = await transition(on, id, { event, actor, reason, driver: named, note: 'Seen.' }).catch(
        () => ({ kind: 'died' as const }),
      );
      if (result.kind !== 'refused') return;
    }
  }

  it('lose no point and double none, whoever comes first and whatever dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 20, maxLength: 40, size: 'max' }), async (moves) => {
        const history = (played += 1);
        const ids = await openHistory(history);
        for (const given of moves) {
          house.set(house.nowMs + given.afterMs);
          const schedulers = Array.from({ length: given.schedulers }, () => runDueCases(house));
          await Promise.all([attempt(ids[given.which]!, given, history), ...schedulers]);
        }
        await expectModel(ids, history);
      }),
      { numRuns: HISTORIES, endOnFailure: true },
    );
    await expectSoundBooks(database);
    expect([...ends.keys()]).toEqual(expect.arrayContaining(['released']));
  }, 600_000);

  /** The model: a case's points are with its account, held until the end, then posted or gone. */
  async function expectModel(ids: readonly string[], history: number): Promise<void> {
    const expected = new Map<string, { held: number; posted: number }>();
    for (const id of ids) {
      const { file } = (await readCase(database, id))!;
      ends.set(file.state, (ends.get(file.state) ?? 0) + 1);
      const sum = expected.get(file.account ?? '') ?? { held: 0, posted: 0 };
      const placed = await isPlaced(file.holdId);
      if (file.state === 'posted') sum.posted += file.points;
      else if (file.state !== 'released' && placed) sum.held += file.points;
      expected.set(file.account ?? '', sum);
    }
    for (const account of [accountOf(history), plate(`driver-${history}-`)])
      expect((await balanceOf(database, account)) ?? { held: 0, posted: 0 }).toEqual(
        expected.get(account) ?? { held: 0, posted: 0 },
      );
  }

  const isPlaced = async (holdId: string | null): Promise<boolean> =>
    (await database.query('SELECT 1 FROM transfer WHERE id = $1', [holdId])).length > 0;
});

const accountOf = (history: number): string => plate(`history-${history}-`);

function choicesOf(event: CaseEvent, history: number) {
  const people: readonly Actor[] = [
    ...['li', 'wu', 'zhao', 'qian'].map(officer),
    keeper(accountOf(history)),
    driver(accountOf(history)),
    driver(plate(`driver-${history}-`)),
    system,
  ];
  return people.flatMap((actor) =>
    (EVENT_RULES[event][actor.kind] ?? []).map((reason) => ({ actor, reason })),
  );
}
