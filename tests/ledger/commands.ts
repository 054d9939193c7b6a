/** Everything that may happen to points, each with others at the same time and with processes that die in between. */
import type { Infraction } from '@wayside/contracts/infraction';
import { readCase } from '@wayside/pipeline/app/cases/case-views';
import { tellCourse, tellPayment } from '@wayside/pipeline/app/points/facts';
import { compareRecord } from '@wayside/pipeline/app/recompute/compare-record';
import { batchOf } from '@wayside/pipeline/app/recompute/recompute';
import { reverseBatch } from '@wayside/pipeline/app/recompute/reverse-batch';
import type { ReversalBatch } from '@wayside/pipeline/app/recompute/reversal-batch';
import { recordInfraction } from '@wayside/pipeline/testing/case-house';
import { officer } from '@wayside/pipeline/testing/case-walk';
import fc from 'fast-check';
import { expect } from 'vitest';
import { note, type Model, type ModelDebit } from './model.ts';
import { caseOf, settle } from './observe.ts';
import { nextStep } from './ways.ts';
import { ignoreCrash, type World } from './world.ts';

type Command = fc.AsyncCommand<Model, World>;
/** A process that dies at this statement of each of its transactions. */
type DiesAt = number | undefined;

const command = (
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, world: World) => Promise<void>,
): Command => ({
  check: (model) => check(model),
  run: async (model, world) => {
    await run(model, world);
    await settle(world, model);
  },
  toString: () => name,
});

const some = ({ debits }: Model): boolean => debits.length > 0;
const pick = ({ debits }: Model, which: number): ModelDebit => {
  const debit = debits[which % debits.length];
  if (!debit) throw new Error('there is no debit');
  return debit;
};
const siteOf = ({ history }: World): string => `history-${history}`;

const record = (owner: number, points: number): Command =>
  command(`record(${owner}, ${points})`, hasRoom, async (model, world) => {
    await recordOne(model, world, owner, points);
  });

/** To acceptance or an appeal without a disturbance, so that points are posted often enough. */
const post = (owner: number, points: number, way: number): Command =>
  command(`post(${owner}, ${points}, ${way})`, hasRoom, async (model, world) => {
    const debit = await recordOne(model, world, owner, points);
    await world.openCases();
    for (let step = 0; step < 7; step++)
      await pushOn(world, model, debit, { way, driver: debit.account }, undefined);
  });

const hasRoom = ({ debits }: Model): boolean => debits.length < 6;

async function recordOne(model: Model, world: World, owner: number, points: number): Promise<ModelDebit> {
  const { house, history, database } = world;
  const account = model.accounts[owner % model.accounts.length] ?? '';
  const count = model.debits.length;
  const infraction = await recordInfraction(database, {
    name: `history-${history}-${count}`,
    account,
    points,
    site: siteOf(world),
    device: `cam-${history}`,
    occurredAt: new Date(house.nowMs - 3_600_000 + count * 60_000).toISOString(),
    recordedAt: new Date(house.nowMs).toISOString(),
  });
  const debit: ModelDebit = {
    infraction,
    points,
    account,
    state: 'open',
    placed: false,
    postedAtMs: Infinity,
    entry: '',
    paidAtMs: Infinity,
    reversed: false,
  };
  model.debits.push(debit);
  return debit;
}

const place = (at: readonly DiesAt[]): Command =>
  command(`place(${at.join()})`, some, async (_model, world) => {
    await Promise.all([...at.map((diesAt) => world.placeHolds(diesAt)), world.openCases(at[0])]);
  });

const pass = (afterMs: number, at: readonly DiesAt[]): Command =>
  command(`pass(${afterMs}, ${at.join()})`, some, async (_model, { house, ...world }) => {
    house.set(house.nowMs + afterMs);
    await Promise.all(at.flatMap((diesAt) => [world.runCases(diesAt), world.runPoints(diesAt)]));
  });

const walk = (which: number, steps: number, way: number, diesAt: DiesAt): Command =>
  command(`walk(${which}, ${steps}, ${way}, ${diesAt ?? ''})`, some, async (model, world) => {
    const debit = pick(model, which);
    const driver = model.accounts[way % model.accounts.length] ?? debit.account;
    await world.openCases();
    for (let step = 0; step < steps; step++) await pushOn(world, model, debit, { way, driver }, diesAt);
  });

async function pushOn(
  world: World,
  model: Model,
  debit: ModelDebit,
  choice: { readonly way: number; readonly driver: string },
  diesAt: DiesAt,
): Promise<void> {
  const id = caseOf(debit);
  const file = (await readCase(world.database, id))?.file;
  const wanted = file && nextStep(file.state, file.account ?? '', choice);
  if (!wanted) return;
  if (wanted.event === 'uphold' || wanted.event === 'dismiss')
    await world.step(id, { event: 'assign', actor: officer('wu'), reason: 'taken' });
  const [kind] = await Promise.all([world.step(id, wanted, diesAt), world.runCases()]);
  if (kind !== 'done') return;
  note(model, wanted.event);
  if (wanted.reason === 'paid') debit.paidAtMs = Math.min(debit.paidAtMs, world.house.nowMs);
}

const pay = (which: number, diesAt: DiesAt): Command =>
  command(`pay(${which}, ${diesAt ?? ''})`, some, async (model, world) => {
    const debit = pick(model, which);
    const told = {
      infractionId: debit.infraction,
      paidAtMs: world.house.nowMs,
      reference: 'p',
      recordedBy: 'bank',
    };
    const { kind } = await tellPayment(world.on(diesAt), told).catch(ignoreCrash);
    if (kind === 'recorded') debit.paidAtMs = Math.min(debit.paidAtMs, world.house.nowMs);
  });

const course = (owner: number, which: 'online' | 'on-site', diesAt: DiesAt): Command =>
  command(`course(${owner}, ${which}, ${diesAt ?? ''})`, some, async (model, world) => {
    const account = model.accounts[owner % model.accounts.length] ?? '';
    const atMs = world.house.nowMs;
    const reference = `certificate-${model.credits.length}-${atMs}`;
    const told = { account, course: which, completedAtMs: atMs, reference, recordedBy: 'school' };
    // The same certificate, handed in at two desks.
    const answers = await Promise.all(
      [diesAt, undefined].map((dies) => tellCourse(world.on(dies), told).catch(ignoreCrash)),
    );
    const granted = answers.filter((answer) => answer.kind === 'granted');
    expect(granted.length).toBeLessThanOrEqual(1);
    for (const { points } of granted) {
      if (points === 'all') throw new Error('no course here gives all');
      model.credits.push({ account, points, atMs });
      note(model, 'course');
    }
    const inTwelveMonths = model.credits.filter(
      (credit) => credit.account === account && credit.atMs > atMs - 200 * 86_400_000,
    );
    expect(inTwelveMonths.reduce((sum, { points }) => sum + points, 0)).toBeLessThanOrEqual(12);
  });

/** Runs a batch twice at the same time, dying, and then to its end. */
async function takeBack(world: World, model: Model, batch: ReversalBatch, diesAt: DiesAt): Promise<void> {
  const order = { batch, officer: 'zhao' };
  const before = await snapshot(world, model);
  await reverseBatch(world.on(undefined), { ...order, dryRun: true });
  expect(await snapshot(world, model)).toEqual(before);
  await Promise.all([
    reverseBatch(world.on(diesAt), order).catch(ignoreCrash),
    reverseBatch(world.on(undefined), order),
    world.runPoints(diesAt),
    world.runCases(diesAt),
  ]);
  await reverseBatch(world.on(undefined), order);
  const done = await world.database.query<{ readonly infraction: string; readonly outcome: string }>(
    'SELECT infraction_id AS infraction, outcome FROM reversal_item WHERE batch_id = $1',
    [batch.id],
  );
  for (const { infraction, outcome } of done) {
    const debit = model.debits.find((one) => one.infraction === infraction);
    if (outcome === 'reversed' && debit) debit.reversed = true;
    note(model, outcome);
  }
}

const snapshot = (world: World, model: Model) =>
  world.database.query(
    'SELECT account, held, posted FROM balance WHERE account = ANY($1::text[]) ORDER BY 1',
    [model.accounts],
  );

const chosen = (model: Model, mask: number): readonly ModelDebit[] =>
  model.debits.filter((_debit, i) => (mask >> i) % 2 === 1);

const reverse = (mask: number, diesAt: DiesAt): Command =>
  command(
    `reverse(${mask}, ${diesAt ?? ''})`,
    (model) => chosen(model, mask).length > 0,
    async (model, world) => {
      const items = chosen(model, mask).map(({ infraction }) => ({ infraction, back: 'all' as const }));
      // the same list again is the same batch: nothing more may come of it
      const id = `batch-${world.history}-${mask}-${items.length}`;
      const batch = { schema: 'wayside.reversal-batch.v1', id, reason: 'wrong stop line', items } as const;
      await world.openCases();
      await takeBack(world, model, { ...batch, items: [...items] }, diesAt);
    },
  );

/** Other rules find some of the infractions to be none: lists them, and takes back what is listed. */
const recompute = (mask: number, diesAt: DiesAt): Command =>
  command(
    `recompute(${mask}, ${diesAt ?? ''})`,
    (model) => chosen(model, mask).length > 0,
    async (model, world) => {
      const fallen = new Set(chosen(model, mask).map(({ infraction }) => infraction));
      const again = model.debits
        .filter(({ infraction }) => !fallen.has(infraction))
        .map(
          ({ infraction: id, points }) =>
            [id, { id, points, explanation: 'x' } as unknown as Infraction] as const,
        );
      const scope = { profile: 'cn', site: siteOf(world), fromMs: 0, toMs: world.house.nowMs + 1 };
      const { touched, recorded } = await compareRecord(world.database, scope, {
        infractions: new Map(again),
        covers: () => true,
      });
      expect(recorded).toBe(model.debits.length);
      expect(touched.map(({ infraction }) => infraction).sort()).toEqual([...fallen].sort());
      const rules = `rules ${world.history}-${mask}-${world.house.nowMs}`;
      await world.openCases();
      await takeBack(world, model, batchOf(touched, rules), diesAt);
    },
  );

const diesAt = fc.option(fc.integer({ min: 1, max: 16 }), { freq: 3, nil: undefined });
const crew = fc.array(diesAt, { minLength: 1, maxLength: 3 });
const owner = fc.nat(1);
const points = fc.integer({ min: 1, max: 6 });
const which = fc.nat(5);
const mask = fc.integer({ min: 1, max: 63 });
const DAY_MS = 86_400_000;
const shortly = fc.oneof(fc.nat(3_600_000), fc.nat(20 * DAY_MS));
const months = fc.integer({ min: 60 * DAY_MS, max: 400 * DAY_MS });
/** Paid, accepted unpaid, appealed: upheld, withdrawn, dismissed. */
const posting = fc
  .tuple(owner, points, fc.constantFrom(1, 3, 4, 5, 2, 6, 10))
  .map(([one, some, way]) => post(one, some, way));
const year = fc.tuple(months, crew).map(([ms, at]) => pass(ms, at));
const aCourse = fc
  .tuple(owner, fc.constantFrom('online' as const, 'on-site' as const), diesAt)
  .map(([one, what, dies]) => course(one, what, dies));

export const commands = fc.commands(
  [
    fc.tuple(owner, points).map(([one, some]) => record(one, some)),
    posting,
    posting,
    posting,
    crew.map(place),
    fc.tuple(shortly, crew).map(([ms, at]) => pass(ms, at)),
    year,
    year,
    fc
      .tuple(which, fc.integer({ min: 1, max: 7 }), fc.nat(11), diesAt)
      .map(([one, steps, way, dies]) => walk(one, steps, way, dies)),
    fc.tuple(which, diesAt).map(([one, dies]) => pay(one, dies)),
    aCourse,
    aCourse,
    fc.tuple(mask, diesAt).map(([some, dies]) => reverse(some, dies)),
    fc.tuple(mask, diesAt).map(([some, dies]) => recompute(some, dies)),
  ],
  { maxCommands: 20, size: 'max' },
);
