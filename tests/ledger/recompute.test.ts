/** Mistakes at scale: other rules say whom they would touch, a person reads it, and what was a mistake is taken back. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { recompute } from '@wayside/pipeline/app/recompute/recompute';
import { parseBatch, type ReversalBatch } from '@wayside/pipeline/app/recompute/reversal-batch';
import { reverseBatch } from '@wayside/pipeline/app/recompute/reverse-batch';
import { ledgerChecks } from '@wayside/pipeline/app/verify/ledger-checks';
import {
  caseIdOf,
  testHouse,
  type TestHouse as CaseTestHouse,
  act,
} from '@wayside/pipeline/testing/case-house';
import { driver, officer, system } from '@wayside/pipeline/testing/case-walk';
import { caseChecks } from '@wayside/pipeline/app/verify/case-checks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, profiles, type TestHouse } from '../record/house.ts';
import { reports } from '../record/messages.ts';

let house: TestHouse;
let cases: CaseTestHouse;
const cn = profiles[0]!;
const span = { fromMs: 0, toMs: Date.parse('2100-01-01T00:00:00Z') };

beforeAll(async () => {
  house = await openHouse();
  await house.log.append(reports(20));
  await house.judgeAll();
  await house.holds().placeNow();
  const [row] = await house.database.query<{ readonly at: Date }>(
    'SELECT max(recorded_at) AS at FROM infraction',
  );
  cases = testHouse(house.database, row!.at.toISOString());
});
afterAll(() => house.close());

/** A refused seat costs nothing under these rules. */
const lenient: LawProfile = {
  ...cn,
  version: '2026-10-01',
  rail: { ...cn.rail, rules: { 'seat-refusal': { ...cn.rail.rules['seat-refusal'], points: 0 } } },
};
const under = (profile: LawProfile) => recompute(house.database, { profile, others: profiles, ...span });
const balances = () => house.database.query('SELECT account, held, posted FROM balance ORDER BY account');

describe('verdicts judged again', () => {
  it('under the rules that were in force touch nobody', async () => {
    expect(await under(cn)).toMatchObject({
      verdicts: 20,
      recorded: 14,
      forgotten: 0,
      touched: [],
      batch: { items: [] },
    });
  });

  it('under other rules name everybody they would touch and how, and change nothing', async () => {
    const before = await balances();
    const { touched, batch } = await under(lenient);
    expect(touched).toHaveLength(14);
    expect(touched[0]).toMatchObject({
      change: 'lowered',
      rule: 'seat-refusal',
      pointsBefore: 1,
      pointsAfter: 0,
    });
    expect(touched.filter(({ state }) => state === 'held')).toHaveLength(12);
    // Two were nobody's: nothing is given back to nobody.
    expect(batch.items).toHaveLength(12);
    expect(await balances()).toEqual(before);
    expect((await under(lenient)).batch).toEqual(batch);
  });

  it('are those of the time range and the site that was asked for', async () => {
    const { touched } = await under(lenient);
    const middle = Date.parse(touched[6]!.occurredAt);
    const half = await recompute(house.database, {
      profile: lenient,
      others: profiles,
      fromMs: middle,
      toMs: span.toMs,
    });
    expect(half.touched).toEqual(touched.filter(({ occurredAt }) => Date.parse(occurredAt) >= middle));
    const nowhere = await recompute(house.database, {
      profile: lenient,
      others: profiles,
      ...span,
      site: 'nowhere',
    });
    expect(nowhere).toMatchObject({ recorded: 0, touched: [] });
  });
});

describe('a batch of reversals', () => {
  let batch: ReversalBatch;
  let postedInfraction: string;
  beforeAll(async () => {
    batch = (await under(lenient)).batch;
    postedInfraction = batch.items[0]!.infraction;
    await openCases(cases, { all: true });
    const id = caseIdOf(postedInfraction);
    const at = (minutes: number): string => new Date(cases.nowMs + minutes * 60_000).toISOString();
    await act(cases, id, at(1), ['assign', officer('li'), 'taken']);
    await act(cases, id, at(2), ['confirm', officer('li'), 'seen-in-evidence']);
    const { account } = await act(cases, id, at(3), ['notify-driver', system, 'letter-delivered']);
    await act(cases, id, at(4), ['accept', driver(account!), 'accepted-as-is']);
  });

  it('says beforehand what it would do, and keeps nothing of it', async () => {
    const before = await balances();
    const report = await reverseBatch(cases, { batch, officer: 'zhao', dryRun: true });
    expect(report).toMatchObject({
      dryRun: true,
      counts: { reversed: 1, released: 11 },
      pointsGivenBack: 12,
    });
    expect(await balances()).toEqual(before);
    expect(await house.database.query('SELECT 1 FROM reversal_batch')).toEqual([]);
  });

  it('gives back what is held and what is posted, each once, with a letter where it had been posted', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => reverseBatch(cases, { batch, officer: 'zhao' })),
    );
    expect(first!.pointsGivenBack + second!.pointsGivenBack).toBe(12);
    const again = await reverseBatch(cases, { batch, officer: 'zhao' });
    expect(again).toMatchObject({ counts: { exists: 12, reversed: 0, released: 0 }, pointsGivenBack: 0 });
    for (const balance of await balances()) expect(balance).toMatchObject({ held: 0, posted: 0 });
    const letters = await house.database.query('SELECT letter, details FROM points_letter');
    expect(letters).toMatchObject([
      { letter: 'reversed', details: { infraction: postedInfraction, points: 1 } },
    ]);
    const steps = await house.database.query(
      `SELECT DISTINCT reason, details->>'reference' AS reference FROM case_transition WHERE event = 'release'`,
    );
    expect(steps).toEqual([{ reason: 'withdrawn-by-authority', reference: batch.id }]);
    const checks = [...(await ledgerChecks(house.database)), ...(await caseChecks(house.database))];
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('whose id stands for another list is refused', async () => {
    const other = { ...batch, items: batch.items.slice(1) };
    await expect(reverseBatch(cases, { batch: other, officer: 'zhao' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('leaves what is given back already, and says what it does not know', async () => {
    const unknown = '00000000-0000-5000-8000-000000000000';
    const items = [...batch.items.slice(0, 2), { infraction: unknown, back: 'all' as const }];
    const report = await reverseBatch(cases, { batch: { ...batch, id: 'second', items }, officer: 'zhao' });
    expect(report.items.map(({ outcome }) => outcome)).toEqual(['nothing-left', 'nothing-left', 'unknown']);
  });

  it('is read from a file, or refused with all its faults', () => {
    expect(parseBatch(JSON.stringify(batch))).toEqual({ ok: true, batch });
    expect(parseBatch('{')).toMatchObject({ ok: false });
    const twice = { ...batch, items: [batch.items[0], batch.items[0]] };
    expect(parseBatch(JSON.stringify(twice))).toMatchObject({
      ok: false,
      faults: [expect.stringContaining('more than once')],
    });
  });
});

it('what cannot be judged again, because its messages are forgotten, is counted and left alone', async () => {
  await house.database.query('DELETE FROM log_message WHERE log_offset <= 10');
  const { forgotten, touched } = await under(lenient);
  expect(forgotten).toBe(14);
  expect(touched).toEqual([]);
});
