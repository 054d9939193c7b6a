/** Reads law processes, each beside its law profile and holiday calendar. All faults are found at once. */
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { LawProcess } from '@wayside/contracts/law-process';
import { jsonCheck, repeated, type DataText } from '../calendar/json-faults.ts';
import { isKnownTimeZone } from '../calendar/time-zone.ts';
import { sourceFaults } from '../law/source-faults.ts';
import { trackFaults } from './track-faults.ts';

/** What a process is held against. */
export interface ProcessSurroundings {
  readonly calendars: ReadonlyMap<string, HolidayCalendar>;
  /** By id. A process whose profile is not here is not compared with one. */
  readonly profiles: ReadonlyMap<string, LawProfile>;
}

export type LoadedProcesses =
  | { readonly ok: true; readonly processes: ReadonlyMap<string, LawProcess> }
  | { readonly ok: false; readonly faults: readonly string[] };

const check = jsonCheck(LawProcess);

export function loadProcesses(
  texts: readonly DataText[],
  surroundings: ProcessSurroundings,
): LoadedProcesses {
  const read = texts.map(({ name, text }) => ({ name, checked: check(text) }));
  const processes = read.flatMap(({ checked }) => (checked.ok ? [checked.value] : []));
  const faults = read.flatMap(({ name, checked }) => {
    const own = checked.ok ? surroundingFaults(checked.value, surroundings) : checked.faults;
    return [...own, ...contradictions(checked.value)].map((fault) => `${name}: ${fault}`);
  });
  for (const id of repeated(processes.map(({ id }) => id))) faults.push(`process "${id}" is defined twice`);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, processes: new Map(processes.map((process) => [process.id, process])) };
}

/** What the schema cannot say, found also in a text that breaks the schema elsewhere. */
function contradictions(value: unknown): readonly string[] {
  const { road, rail } = (value ?? {}) as { road?: unknown; rail?: unknown };
  return [...trackFaults('/road', road), ...trackFaults('/rail', rail), ...sourceFaults(value)];
}

function surroundingFaults(
  process: LawProcess,
  { calendars, profiles }: ProcessSurroundings,
): readonly string[] {
  const faults: string[] = [];
  if (!calendars.has(process.calendar.id))
    faults.push(`/calendar/id names "${process.calendar.id}", which is no calendar here`);
  if (!isKnownTimeZone(process.timeZone.id))
    faults.push(`/timeZone/id names "${process.timeZone.id}", which is no time zone`);
  const profile = profiles.get(process.id);
  return profile ? [...faults, ...profileFaults(process, profile)] : faults;
}

/** The road's appeal is written in both; two readings of one rule would be a contradiction. */
function profileFaults({ road }: LawProcess, { appeal }: LawProfile): readonly string[] {
  const period = road.periods.appeal;
  if (!period) return [];
  const pairs = [
    ['days', period.days, appeal.days],
    ['dayKind', period.dayKind, appeal.dayKind],
    ['rollsOn', period.rollsOn, appeal.lastDayRollsOn],
  ] as const;
  return pairs
    .filter(([, here, there]) => here !== there)
    .map(
      ([name, here, there]) => `/road/periods/appeal/${name} is ${here}, but the law profile says ${there}`,
    );
}
