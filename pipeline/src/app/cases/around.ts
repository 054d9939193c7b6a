import type { LawProcess } from '@wayside/contracts/law-process';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { runningPeriods, type Law } from '../../domain/case/clock.ts';
import type { Surroundings } from '../../domain/case/system-step.ts';
import type { Queryable } from '../database.ts';
import { CaseError } from './case-error.ts';
import { isSuspended } from './device-trust.ts';
import type { CaseHouse } from './house.ts';
import { processUnder } from './processes.ts';

/** What a case is judged against: the wording it was opened under, the newest holidays, its device. */
export async function surroundingsOf(tx: Queryable, house: CaseHouse, file: CaseFile): Promise<Surroundings> {
  const process = await processUnder(tx, house, file.process);
  return {
    ...lawOf(house, process, file.track),
    deviceSuspended: await isSuspended(tx, file.device),
    samplingKey: house.samplingKey,
  };
}

/** @throws CaseError `unknown-calendar` */
export function lawOf({ calendars }: CaseHouse, process: LawProcess, track: 'road' | 'rail'): Law {
  const calendar = calendars.get(process.calendar.id);
  if (!calendar) throw new CaseError('unknown-calendar', `no calendar "${process.calendar.id}" is at hand`);
  return { track: process[track], calendar };
}

/** How long a clock waits whose last day no calendar covers yet. */
const LOOK_AGAIN_MS = 3_600_000;

/** When the scheduler must look at a case; null where only a person can go on. */
export function dueAt(file: CaseFile, law: Law, nowMs: number): number | null {
  const times = runningPeriods(file, law).map(({ atMs, certain }) =>
    certain || atMs > nowMs ? atMs : nowMs + LOOK_AGAIN_MS,
  );
  return times.length === 0 ? null : Math.min(...times);
}
