/** After each command: what became of each debit is read, must be a way it may go, and the points must follow from it. */
import { caseIdOf } from '@wayside/pipeline/testing/case-house';
import { expect } from 'vitest';
import { expectedHeld, expectedPosted, note, type Model, type ModelDebit } from './model.ts';
import type { World } from './world.ts';

interface Seen {
  readonly infraction: string;
  readonly state: string | null;
  readonly account: string | null;
  readonly placed: boolean;
  readonly resolutions: number;
  readonly entry: string | null;
}

/** Looks at the accounts once more, undisturbed, as the next round of the scheduler would. */
export async function settle(world: World, model: Model): Promise<void> {
  await world.database.query(
    'UPDATE points_clock SET due_at = least(due_at, $2::timestamptz) WHERE account = ANY($1::text[])',
    [model.accounts, new Date(world.house.nowMs).toISOString()],
  );
  await world.runPoints();
  await observe(world, model);
  await expectBooks(world, model);
}

async function observe({ database, house }: World, model: Model): Promise<void> {
  const rows = await database.query<Seen>(
    `SELECT d.infraction_id AS infraction, c.state, coalesce(c.account, d.account) AS account,
       EXISTS (SELECT 1 FROM transfer t WHERE t.id = coalesce((c.body->>'holdId')::uuid, d.hold_id)) AS placed,
       (SELECT count(*) FROM transfer r WHERE r.hold_id = coalesce((c.body->>'holdId')::uuid, d.hold_id)) AS resolutions,
       (SELECT t.id FROM transfer t WHERE t.infraction_id = d.infraction_id AND t.kind = 'post') AS entry
     FROM hold_due d LEFT JOIN case_file c ON c.infraction_id = d.infraction_id WHERE d.infraction_id = ANY($1::uuid[])`,
    [model.debits.map(({ infraction }) => infraction)],
  );
  const seen = new Map(rows.map((row) => [row.infraction, row]));
  for (const debit of model.debits) follow(model, debit, seen.get(debit.infraction), house.nowMs);
  const opened = await database.query<{ readonly id: string; readonly at: Date }>(
    'SELECT id, opened_at AS at FROM account WHERE id = ANY($1::text[])',
    [model.accounts],
  );
  for (const { id, at } of opened) model.openedAtMs.set(id, at.getTime());
}

function follow(model: Model, debit: ModelDebit, seen: Seen | undefined, nowMs: number): void {
  if (!seen) throw new Error(`infraction ${debit.infraction} has lost its hold`);
  const state = endOf(seen);
  expect(seen.resolutions).toBe(state === 'open' ? 0 : 1);
  if (debit.state === 'open' && state !== 'open') note(model, state);
  // An end is an end.
  if (debit.state !== 'open') expect([seen.state, seen.account]).toEqual([debit.state, debit.account]);
  if (debit.state === 'open' && state === 'posted') {
    debit.postedAtMs = nowMs;
    debit.entry = seen.entry ?? '';
  }
  debit.state = state;
  debit.account = seen.account ?? debit.account;
  debit.placed = seen.placed;
}

const endOf = ({ state }: Seen): ModelDebit['state'] =>
  state === 'posted' || state === 'released' ? state : 'open';

interface Row {
  readonly account: string;
  readonly held: number;
  readonly posted: number;
  readonly foldHeld: number;
  readonly foldPosted: number;
  readonly sum: number;
}

/** Balances are what the model says, and equal the fold; over all pockets the sum is zero. */
async function expectBooks({ database, house }: World, model: Model): Promise<void> {
  const rows = await database.query<Row>(
    `WITH entry AS (
       SELECT account, debit AS pocket, -points AS points FROM transfer WHERE account = ANY($1::text[])
       UNION ALL SELECT account, credit, points FROM transfer WHERE account = ANY($1::text[]))
     SELECT b.account, b.held, b.posted,
       coalesce(sum(e.points) FILTER (WHERE e.pocket = b.account || '#held'), 0) AS "foldHeld",
       coalesce(sum(e.points) FILTER (WHERE e.pocket = b.account || '#posted'), 0) AS "foldPosted",
       coalesce(sum(e.points), 0) AS sum
     FROM balance b LEFT JOIN entry e ON e.account = b.account WHERE b.account = ANY($1::text[])
     GROUP BY b.account, b.held, b.posted`,
    [model.accounts],
  );
  const found = new Map(rows.map(({ account, ...row }) => [account, row]));
  for (const account of model.accounts) {
    const held = expectedHeld(model, account);
    const posted = expectedPosted(model, account, house.nowMs);
    if (posted < expectedWithoutReturn(model, account)) note(model, 'points had gone up');
    const row = found.get(account) ?? { held: 0, posted: 0, foldHeld: 0, foldPosted: 0, sum: 0 };
    expect(row).toEqual({ held, posted, foldHeld: held, foldPosted: posted, sum: 0 });
  }
}

const expectedWithoutReturn = ({ debits }: Model, account: string): number =>
  debits.reduce(
    (sum, debit) =>
      sum + (debit.account === account && debit.state === 'posted' && !debit.reversed ? debit.points : 0),
    0,
  );

export const caseOf = ({ infraction }: ModelDebit): string => caseIdOf(infraction);
