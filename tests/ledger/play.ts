/** Plays random histories in one database, each with accounts of its own. */
import { caseChecks } from '@wayside/pipeline/app/verify/case-checks';
import { ledgerChecks } from '@wayside/pipeline/app/verify/ledger-checks';
import type { Database } from '@wayside/pipeline/app/database';
import { plate } from '@wayside/pipeline/testing/case-walk';
import fc from 'fast-check';
import { commands } from './commands.ts';
import { newModel } from './model.ts';
import { makeWorld } from './world.ts';

export interface Played {
  readonly histories: number;
  readonly commands: number;
  /** How often each thing happened, to see that the histories say something. */
  readonly seen: Readonly<Record<string, number>>;
}

/** After so many the books are checked as `wayside verify` does, and the tables are emptied. */
const CHAPTER = 50;

/** @throws the first counterexample, shrunk, with its seed. */
export async function playHistories(
  database: Database,
  count: number,
  seed: number,
  onProgress: (played: number) => void = () => undefined,
): Promise<Played> {
  const seen = new Map<string, number>();
  let histories = 0;
  let steps = 0;
  for (let left = count; left > 0; left -= CHAPTER) {
    await fc.assert(
      fc.asyncProperty(commands, async (all) => {
        const history = (histories += 1);
        const model = newModel([plate(`a${history}-`), plate(`b${history}-`)]);
        await fc.asyncModelRun(() => ({ model, real: makeWorld(database, history) }), all);
        steps += [...all].length;
        for (const [what, times] of model.seen) seen.set(what, (seen.get(what) ?? 0) + times);
        await rest(database);
      }),
      { numRuns: Math.min(CHAPTER, left), seed: seed + histories, endOnFailure: true },
    );
    await expectSound(database);
    await emptyTables(database);
    onProgress(histories);
  }
  return { histories, commands: steps, seen: Object.fromEntries([...seen].sort()) };
}

async function expectSound(database: Database): Promise<void> {
  const checks = [...(await ledgerChecks(database)), ...(await caseChecks(database))];
  const faults = checks.filter(({ ok }) => !ok);
  if (faults.length > 0) throw new Error(`the books are not sound: ${JSON.stringify(faults)}`);
}

/** A history is over: no clock of it runs on into the next, which begins on the same day. */
async function rest(database: Database): Promise<void> {
  await database.query('UPDATE case_file SET due_at = NULL WHERE due_at IS NOT NULL');
  await database.query('DELETE FROM points_clock');
  await database.query(`UPDATE case_sweep SET swept_to = '-infinity'`);
}

/** Between chapters of a test only: past the triggers that keep a real ledger. */
async function emptyTables(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = 'replica'`);
    for (const table of TABLES) await tx.query(`DELETE FROM ${table}`);
  });
}

const TABLES = [
  ...['reversal_item', 'reversal_batch', 'points_letter', 'education_credit', 'fine_payment', 'charge'],
  ...['points_clock', 'transfer', 'balance', 'account', 'hold_due', 'case_transition', 'case_file'],
  ...['infraction', 'verdict', 'counter'],
];
