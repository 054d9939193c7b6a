/** Reads how cases go under each law profile, and the holidays, as this house ships them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { LawProcess } from '@wayside/contracts/law-process';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { DataText } from '../domain/calendar/json-faults.ts';
import { loadCalendars } from '../domain/calendar/parse-calendars.ts';
import { loadProcesses } from '../domain/case/load-processes.ts';

export interface CaseLaw {
  readonly processes: ReadonlyMap<string, LawProcess>;
  readonly calendars: ReadonlyMap<string, HolidayCalendar>;
}

/** @throws Error naming every fault of every file. */
export function loadCaseLaw(profiles: readonly LawProfile[]): CaseLaw {
  const holidays = loadCalendars(textsIn('calendars'));
  if (!holidays.ok)
    throw new Error(`holiday calendars contradict themselves:\n  ${holidays.faults.join('\n  ')}`);
  const { calendars } = holidays;
  const loaded = loadProcesses(textsIn('profiles/process'), {
    calendars,
    profiles: new Map(profiles.map((profile) => [profile.id, profile])),
  });
  if (!loaded.ok) throw new Error(`law processes contradict themselves:\n  ${loaded.faults.join('\n  ')}`);
  return { calendars, processes: loaded.processes };
}

function textsIn(path: string): readonly DataText[] {
  const folder = new URL(`../../${path}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}
