import type { CaseFile, Command } from '../../domain/case/case-file.ts';
import { refuse, type Refusal } from '../../domain/case/refusal.ts';
import type { Done } from '../../domain/case/step.ts';
import type { Queryable } from '../database.ts';
import type { CaseHouse } from './house.ts';
import { lockCase } from './rows.ts';
import { takeSteps } from './take-steps.ts';

export type TransitionResult =
  | { readonly kind: 'done'; readonly file: CaseFile; readonly steps: readonly Done[] }
  /** Nothing of what was wanted happened; `file` is the case as it now is. */
  | (Refusal & { readonly file: CaseFile })
  /** It has gone on since the one who asks has seen it. */
  | { readonly kind: 'changed'; readonly file: CaseFile }
  | { readonly kind: 'unknown-case' };

export type Wanted = Omit<Command, 'atMs'> & {
  /** The version that whoever asks has before them. Absent: whatever it is. */
  readonly version?: number;
};

/** One event on one case, under its lock; what follows of itself follows in the same transaction, points included. */
export function transition(house: CaseHouse, caseId: string, wanted: Wanted): Promise<TransitionResult> {
  const { version, ...command } = wanted;
  return house.database.transaction(async (tx) => {
    await lockBoth(tx, caseId, command.duplicateOf);
    const file = await lockCase(tx, caseId);
    if (!file) return { kind: 'unknown-case' };
    if (version !== undefined && version !== file.version) return { kind: 'changed', file };
    const nowMs = house.clock();
    const taken = await takeSteps(tx, house, file, nowMs, {
      command: { ...command, atMs: nowMs },
      check: (current) => checkOriginal(tx, current, command),
    });
    if (taken.refused) return { ...taken.refused, file: taken.file };
    return { kind: 'done', file: taken.file, steps: taken.steps };
  });
}

/** Two cases that are called duplicates of each other at the same time: one of them stays. */
async function lockBoth(tx: Queryable, caseId: string, duplicateOf: string | undefined): Promise<void> {
  if (duplicateOf === undefined) return;
  await tx.query('SELECT id FROM case_file WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE', [
    [caseId, duplicateOf],
  ]);
}

async function checkOriginal(
  tx: Queryable,
  { state, id }: CaseFile,
  { event, duplicateOf }: Pick<Command, 'event' | 'duplicateOf'>,
): Promise<Refusal | undefined> {
  if (event !== 'mark-duplicate' || duplicateOf === undefined || duplicateOf === id) return undefined;
  const [original] = await tx.query<{ readonly duplicateOf: string | null }>(
    `SELECT body->>'duplicateOf' AS "duplicateOf" FROM case_file WHERE id = $1`,
    [duplicateOf],
  );
  if (original?.duplicateOf === null) return undefined;
  return refuse(
    state,
    'duplicate-of-none',
    original
      ? `case ${duplicateOf} is itself a duplicate of ${original.duplicateOf}`
      : `there is no case ${duplicateOf}`,
  );
}
