/** The processes and calendars this house ships, for tests. */
import { readdirSync, readFileSync } from 'node:fs';
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { LawProcess } from '@wayside/contracts/law-process';
import type { DataText } from '../domain/calendar/json-faults.ts';
import { loadCalendars } from '../domain/calendar/parse-calendars.ts';
import { loadProcesses } from '../domain/case/load-processes.ts';

/** @param path a folder of the pipeline. */
export function textsIn(path: string): readonly DataText[] {
  const folder = new URL(`../../${path}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}

type Loaded<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly faults: readonly string[] };

function orThrow<T>(loaded: Loaded<T>): T {
  if (loaded.ok) return loaded;
  throw new Error(loaded.faults.join('\n'));
}

export const { calendars } = orThrow(loadCalendars(textsIn('calendars')));
export const { processes } = orThrow(
  loadProcesses(textsIn('profiles/process'), { calendars, profiles: new Map() }),
);

export function calendarOf(id: string): HolidayCalendar {
  const calendar = calendars.get(id);
  if (!calendar) throw new Error(`no calendar "${id}"`);
  return calendar;
}

export function processOf(id: string): LawProcess {
  const process = processes.get(id);
  if (!process) throw new Error(`no process "${id}"`);
  return process;
}
