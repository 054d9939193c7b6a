/**
 * Opens a case for every recorded infraction that has none. A sweep, so that recording stays short; its ids are derived,
 * so that a second sweep, or a second process, opens nothing twice.
 */
import type { LawProcess } from '@wayside/contracts/law-process';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { openCase } from '../../domain/case/open-case.ts';
import type { Queryable } from '../database.ts';
import { dueAt, lawOf } from './around.ts';
import { setDuplicatesAside } from './duplicates.ts';
import type { CaseHouse } from './house.ts';
import { newInfractions, originOf, profilesWithout, type NewInfraction } from './new-infractions.ts';
import { rememberProcesses } from './processes.ts';
import { insertOpened } from './rows.ts';

export interface OpenedReport {
  readonly opened: number;
  readonly duplicates: number;
  /** Law profiles without a process; their infractions wait. */
  readonly withoutProcess: readonly string[];
}

const BATCH = 500;
/** Infractions are stamped before they are committed; so long a transaction may take and still be found by the next sweep. */
const OVERLAP_MS = 10 * 60_000;

/** @param all looks at every infraction there is, not only at those since the last sweep: at the start, and once a day. */
export async function openCases(
  house: CaseHouse,
  { all = false }: { readonly all?: boolean } = {},
): Promise<OpenedReport> {
  const sum = { opened: 0, duplicates: 0 };
  for (;;) {
    const swept = await house.database.transaction((tx) => sweepBatch(tx, house, all));
    if (!swept) return { ...sum, withoutProcess: [] };
    sum.opened += swept.opened;
    sum.duplicates += swept.duplicates;
    if (swept.exhausted) return { ...sum, withoutProcess: swept.withoutProcess };
  }
}

interface Swept extends OpenedReport {
  readonly exhausted: boolean;
}

/** Locks the row of case_sweep: one sweep at a time. @returns undefined while another has it. */
async function sweepBatch(tx: Queryable, house: CaseHouse, all: boolean): Promise<Swept | undefined> {
  const [sweep] = await tx.query<{ readonly from: string }>(
    'SELECT swept_to::text AS "from" FROM case_sweep FOR UPDATE SKIP LOCKED',
  );
  if (!sweep) return undefined;
  const nowMs = house.clock();
  const from = all ? '-infinity' : sweep.from;
  const profiles = [...house.processes.keys()];
  const found = await newInfractions(tx, profiles, from, BATCH);
  const done = await openFound(tx, house, found, nowMs);
  if (found.length === BATCH) return { ...done, withoutProcess: [], exhausted: false };
  await tx.query('UPDATE case_sweep SET swept_to = $1::timestamptz', [
    new Date(nowMs - OVERLAP_MS).toISOString(),
  ]);
  return { ...done, withoutProcess: await profilesWithout(tx, profiles, from), exhausted: true };
}

async function openFound(
  tx: Queryable,
  house: CaseHouse,
  found: readonly NewInfraction[],
  nowMs: number,
): Promise<{ readonly opened: number; readonly duplicates: number }> {
  let opened = 0;
  let duplicates = 0;
  for (const [profile, process] of house.processes) {
    const own = found.filter((infraction) => infraction.profile === profile);
    if (own.length === 0) continue;
    const files = await openUnder(tx, house, process, own, nowMs);
    opened += files.length;
    duplicates += await setDuplicatesAside(tx, house, process, files, nowMs);
  }
  return { opened, duplicates };
}

/** @returns the cases that are new. */
async function openUnder(
  tx: Queryable,
  house: CaseHouse,
  process: LawProcess,
  found: readonly NewInfraction[],
  nowMs: number,
): Promise<readonly CaseFile[]> {
  await rememberProcesses(tx, [process], nowMs);
  const opened = found.map((infraction) => {
    const { file, transition } = openCase(originOf(infraction, process), nowMs);
    return { file, transition, dueAtMs: dueAt(file, lawOf(house, process, file.track), nowMs) };
  });
  const inserted = await insertOpened(tx, opened);
  return opened.map(({ file }) => file).filter(({ id }) => inserted.has(id));
}
