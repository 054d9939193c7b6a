/** What must hold of all cases and points in a database, whatever happened. */
import { caseChecks } from '@wayside/pipeline/app/verify/case-checks';
import { ledgerChecks } from '@wayside/pipeline/app/verify/ledger-checks';
import type { Database } from '@wayside/pipeline/app/database';
import { readTransitions } from '@wayside/pipeline/app/cases/rows';
import { evolve } from '@wayside/pipeline/domain/case/evolve';
import { openCase } from '@wayside/pipeline/domain/case/open-case';
import type { CaseFile } from '@wayside/pipeline/domain/case/case-file';
import { expect } from 'vitest';

export async function expectSoundBooks(database: Database): Promise<void> {
  const checks = [...(await caseChecks(database)), ...(await ledgerChecks(database))];
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const files = await database.query<{ readonly body: CaseFile }>('SELECT body FROM case_file');
  for (const { body } of files) expect(await foldOf(database, body)).toEqual(body);
}

async function foldOf(database: Database, file: CaseFile): Promise<CaseFile> {
  const [first, ...rest] = await readTransitions(database, file.id);
  const opened = openCase({ ...file, occurredAtMs: file.moments.occurred ?? 0 }, first?.atMs ?? 0);
  return rest.reduce(evolve, pick(opened.file, file));
}

/** `openCase` given a case keeps what the case has grown since; what was not there at the opening is dropped. */
function pick(opened: CaseFile, file: CaseFile): CaseFile {
  const keys = Object.keys(file) as (keyof CaseFile)[];
  return Object.fromEntries(keys.map((key) => [key, opened[key]])) as unknown as CaseFile;
}
