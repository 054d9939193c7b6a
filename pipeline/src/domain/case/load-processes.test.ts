import { readdirSync, readFileSync } from 'node:fs';
import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { LawProcess, Period } from '@wayside/contracts/law-process';
import { describe, expect, it } from 'vitest';
import { loadCalendars } from '../calendar/parse-calendars.ts';
import type { DataText } from '../calendar/json-faults.ts';
import { loadProfiles } from '../law/profiles.ts';
import { loadProcesses } from './load-processes.ts';

const textsIn = (path: string): DataText[] => {
  const folder = new URL(`../../../${path}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
};

const calendars = loadCalendars(textsIn('calendars'));
const profiles = loadProfiles(textsIn('profiles'));
if (!calendars.ok || !profiles.ok)
  throw new Error('calendars or profiles are faulty; their own tests say how');
const surroundings = {
  calendars: calendars.calendars,
  profiles: new Map(profiles.profiles.map((profile) => [profile.id, profile])),
};
const texts = textsIn('profiles/process');

function processOf(id: string): LawProcess {
  const loaded = loadProcesses(texts, surroundings);
  const process = loaded.ok ? loaded.processes.get(id) : undefined;
  if (!process) throw new Error(`no process ${id}`);
  return process;
}

const faultsOf = (value: unknown, around = surroundings): readonly string[] => {
  const loaded = loadProcesses([{ name: 'p', text: JSON.stringify(value) }], around);
  return loaded.ok ? [] : loaded.faults.map((fault) => fault.replace('p: ', ''));
};

/** @param periods what differs from the road's; null leaves the period out. */
function withPeriods(process: LawProcess, periods: Readonly<Record<string, Partial<Period> | null>>) {
  const own: Readonly<Record<string, Period>> = process.road.periods;
  const mixed = Object.keys({ ...own, ...periods })
    .filter((name) => periods[name] !== null)
    .map((name) => [name, { ...own[name], ...periods[name] }] as const);
  return { ...process, road: { ...process.road, periods: Object.fromEntries(mixed) } };
}

describe('law processes', () => {
  it('are shipped for cn, uk, de, fr, it and us-uvc, without a fault and not yet read by a lawyer', () => {
    const loaded = loadProcesses(texts, surroundings);
    expect(loaded).toMatchObject({ ok: true });
    const processes = loaded.ok ? [...loaded.processes.values()] : [];
    expect(processes.map(({ id }) => id).sort()).toEqual(['cn', 'de', 'fr', 'it', 'uk', 'us-uvc']);
    expect(processes.every(({ reviewedBy }) => reviewedBy === null)).toBe(true);
  });

  it.each([
    ['cn', 10, 'calendar'],
    ['uk', 10, 'calendar'],
    ['de', 14, 'calendar'],
    ['fr', 45, 'calendar'],
    ['it', 60, 'calendar'],
    ['us-uvc', 10, 'calendar'],
  ])('give a driver under %s %i %s days to object', (id, days, dayKind) => {
    expect(processOf(id).road.periods.appeal).toMatchObject({ days, dayKind, onLapse: 'finalise' });
  });

  it('give a passenger in China seven working days', () => {
    expect(processOf('cn').rail.periods.appeal).toMatchObject({ days: 7, dayKind: 'working' });
  });

  it('have a second stage of appeal in Italy, where silence grants the first', () => {
    expect(processOf('it').road.stages).toContain('second-appeal');
    expect(processOf('it').road.periods.decision?.onLapse).toBe('uphold');
  });

  it('are refused with all their faults at once, also where the shape itself is broken', () => {
    const cn = processOf('cn');
    const broken = {
      ...withPeriods(cn, {
        appeal: { from: 'confirmed', onLapse: 'release' },
        review: { onLapse: 'finalise' },
        naming: null,
        decision: { pausedByAppeal: true },
      }),
      reviewedBy: 7,
      calendar: { id: 'cn', sources: ['nobody'] },
    };
    const faults = faultsOf(broken);
    expect(faults.filter((fault) => fault.includes('reviewedBy')).length).toBeGreaterThan(0);
    expect(faults.filter((fault) => !fault.includes('reviewedBy'))).toEqual([
      '/road/periods/review/onLapse cannot be "finalise": it is release or escalate',
      '/road/periods/appeal/from cannot be "confirmed": it is counted from noticed',
      '/road/periods/appeal/onLapse cannot be "release": it is finalise',
      '/road/periods/decision/pausedByAppeal has no meaning: no appeal can be open while it runs',
      '/road/periods/naming is missing: the stage "naming" would have no end',
      '/calendar/sources cites "nobody", which is not among /sources',
    ]);
  });

  it('are refused where naming comes after the appeal', () => {
    const cn = processOf('cn');
    const stages = ['review', 'keeper-notice', 'notice', 'appeal', 'naming', 'posting'];
    expect(faultsOf({ ...cn, road: { ...cn.road, stages } })).toEqual([
      '/road/stages has "naming" after "appeal"; it must come before it',
    ]);
  });

  it('are refused with an appeal but no notice, or no appeal at all', () => {
    const cn = processOf('cn');
    const without = (name: string) => cn.road.stages.filter((stage) => stage !== name);
    expect(faultsOf({ ...cn, road: { ...cn.road, stages: without('notice') } })).toEqual([
      '/road/stages lacks "notice": nobody loses points without being told',
      '/road/periods/notice never runs: the stage "notice" is not among /stages',
    ]);
    expect(faultsOf({ ...cn, road: { ...cn.road, stages: without('appeal') } })).toContain(
      '/road/stages lacks "appeal": nobody loses points without a way to object',
    );
  });

  it('are refused where nobody has to look, or the keeper is to name a driver unasked', () => {
    const cn = processOf('cn');
    expect(faultsOf({ ...cn, road: { ...cn.road, stages: ['notice', 'appeal', 'posting'] } })).toEqual(
      expect.arrayContaining([
        '/road/stages lacks "review": a person decides, never the camera alone',
        '/road/driver/identifiedBy is "keeper-names", but /stages has no "naming"',
      ]),
    );
    const unasked = cn.road.stages.filter((stage) => stage !== 'keeper-notice');
    expect(faultsOf({ ...cn, road: { ...cn.road, stages: unasked } })).toContain(
      '/road/stages has "naming" without "keeper-notice": a keeper who was not asked cannot be late',
    );
  });

  it('are refused where they count the appeal otherwise than the law profile', () => {
    const cn = processOf('cn');
    expect(faultsOf(withPeriods(cn, { appeal: { days: 11, rollsOn: false } }))).toEqual([
      '/road/periods/appeal/days is 11, but the law profile says 10',
      '/road/periods/appeal/rollsOn is false, but the law profile says true',
    ]);
  });

  it('are refused where a sample is taken that nobody has time to look at', () => {
    const cn = processOf('cn');
    expect(faultsOf(withPeriods(cn, { secondReview: null }))).toEqual([
      '/road/periods/secondReview is missing: /secondReview takes samples',
    ]);
  });

  it('are refused without their calendar or in a time zone that is none', () => {
    const cn = { ...processOf('cn'), timeZone: { id: 'Asia/Atlantis', sources: ['wayside'] } };
    const none = { ...surroundings, calendars: new Map<string, HolidayCalendar>() };
    expect(faultsOf(cn, none)).toEqual([
      '/calendar/id names "cn", which is no calendar here',
      '/timeZone/id names "Asia/Atlantis", which is no time zone',
    ]);
  });

  it('are refused where they are no JSON, or twice the same', () => {
    const loaded = loadProcesses([{ name: 'x.json', text: '{' }], surroundings);
    expect(loaded.ok ? [] : loaded.faults[0]).toMatch(/^x\.json: is not JSON/);
    const text = JSON.stringify(processOf('uk'));
    expect(
      loadProcesses(
        [
          { name: 'a', text },
          { name: 'b', text },
        ],
        surroundings,
      ),
    ).toEqual({ ok: false, faults: ['process "uk" is defined twice'] });
  });
});
