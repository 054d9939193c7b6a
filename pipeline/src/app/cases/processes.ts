/** The wordings of law processes. A case stays under the one it was opened under, also when a newer one has come. */
import { canonicalJson } from '@wayside/contracts/canonical';
import type { LawProfileRef } from '@wayside/contracts/law-profile';
import type { LawProcess } from '@wayside/contracts/law-process';
import type { Queryable } from '../database.ts';
import { CaseError } from './case-error.ts';
import type { CaseHouse } from './house.ts';

/** Keeps every wording of this house for good. @throws CaseError `process-edited` */
export async function rememberProcesses(
  tx: Queryable,
  processes: Iterable<LawProcess>,
  atMs: number,
): Promise<void> {
  for (const process of processes) {
    await tx.query(
      `INSERT INTO law_process (id, version, body, first_seen) VALUES ($1, $2, $3::jsonb, $4::timestamptz)
       ON CONFLICT DO NOTHING`,
      [process.id, process.version, JSON.stringify(process), new Date(atMs).toISOString()],
    );
    const kept = await readProcess(tx, process);
    if (kept === undefined || canonicalJson(kept) !== canonicalJson(process))
      throw new CaseError(
        'process-edited',
        `process ${process.id} of ${process.version} was edited; give the new wording a new version`,
      );
  }
}

/** @throws CaseError `unknown-process` */
export async function processUnder(
  tx: Queryable,
  { processes }: CaseHouse,
  ref: LawProfileRef,
): Promise<LawProcess> {
  const newest = processes.get(ref.id);
  const process = newest?.version === ref.version ? newest : await readProcess(tx, ref);
  if (process) return process;
  throw new CaseError('unknown-process', `no process ${ref.id} of ${ref.version} is known`);
}

async function readProcess(tx: Queryable, { id, version }: LawProfileRef): Promise<LawProcess | undefined> {
  const [row] = await tx.query<{ readonly body: LawProcess }>(
    'SELECT body FROM law_process WHERE id = $1 AND version = $2',
    [id, version],
  );
  return row?.body;
}
