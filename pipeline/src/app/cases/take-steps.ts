/** A locked case goes on: what is due, what somebody wants, and what follows from it, in one transaction. */
import type { CaseFile, Command } from '../../domain/case/case-file.ts';
import { runningPeriods } from '../../domain/case/clock.ts';
import type { Refusal } from '../../domain/case/refusal.ts';
import { advance, step, type Done } from '../../domain/case/step.ts';
import type { Surroundings } from '../../domain/case/system-step.ts';
import type { Queryable } from '../database.ts';
import { queueLettersOf } from '../notices/queue-letters.ts';
import { dueAt, surroundingsOf } from './around.ts';
import { suspendIfTooWrong } from './device-trust.ts';
import type { CaseHouse } from './house.ts';
import { movePoints } from './move-points.ts';
import { saveSteps, setDue } from './rows.ts';

export interface Taken {
  readonly file: CaseFile;
  readonly steps: readonly Done[];
  readonly refused: Refusal | undefined;
  /** Its last day has passed as far as is known, but no calendar covers it: a holiday may have moved it. */
  readonly withoutCalendar: boolean;
}

/**
 * Clocks first: what had lapsed before the command came has lapsed, and is kept even where the command is refused.
 * @param check may refuse in the light of other cases.
 */
export async function takeSteps(
  tx: Queryable,
  house: CaseHouse,
  file: CaseFile,
  nowMs: number,
  wanted?: { readonly command: Command; readonly check: (file: CaseFile) => Promise<Refusal | undefined> },
): Promise<Taken> {
  const around = await surroundingsOf(tx, house, file);
  const lapsed = advance(file, around, nowMs);
  const current = lapsed.at(-1)?.file ?? file;
  const tried = wanted && ((await wanted.check(current)) ?? step(current, wanted.command, around));
  const done = tried?.kind === 'done' ? [tried, ...advance(tried.file, around, nowMs)] : [];
  const steps = [...lapsed, ...done];
  const after = steps.at(-1)?.file ?? file;
  await keep(tx, house, around, { before: file, after, steps, nowMs });
  return {
    file: after,
    steps,
    refused: tried?.kind === 'refused' ? tried : undefined,
    withoutCalendar: runningPeriods(after, around).some(({ atMs, certain }) => !certain && atMs <= nowMs),
  };
}

interface Kept {
  readonly before: CaseFile;
  readonly after: CaseFile;
  readonly steps: readonly Done[];
  readonly nowMs: number;
}

async function keep(
  tx: Queryable,
  house: CaseHouse,
  around: Surroundings,
  { before, after, steps, nowMs }: Kept,
): Promise<void> {
  const due = dueAt(after, around, nowMs);
  if (steps.length === 0) return setDue(tx, after.id, due);
  let at = before;
  for (const { file, transition } of steps) {
    await movePoints(tx, house, at, file, transition);
    at = file;
  }
  await saveSteps(
    tx,
    after,
    steps.map(({ transition }) => transition),
    due,
  );
  await queueLettersOf(tx, before, steps, around.track, nowMs);
  if (after.finding === 'wrong' && before.finding !== 'wrong')
    await suspendIfTooWrong(tx, after, around.track, nowMs);
}
