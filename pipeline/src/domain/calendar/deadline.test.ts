import { readdirSync, readFileSync } from 'node:fs';
import { Temporal } from '@js-temporal/polyfill';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadline, type Counting } from './deadline.ts';
import { dayAt, dayOfIso, isoOf, weekdayOf } from './local-day.ts';
import { loadCalendars } from './parse-calendars.ts';

const folder = new URL('../../../calendars/', import.meta.url);
const loaded = loadCalendars(
  readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') })),
);
if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
const calendarOf = (id: string) => {
  const calendar = loaded.calendars.get(id);
  if (!calendar) throw new Error(`no calendar ${id}`);
  return calendar;
};

const at = (text: string): number => Date.parse(text);
const tenDays = { days: 10, dayKind: 'calendar', rollsOn: true } as const;
const workingDays = (days: number) => ({ days, dayKind: 'working', rollsOn: false }) as const;

const inChongqing = (from: string, period: Counting['period'] = tenDays) =>
  deadline({ fromMs: at(from), period, timeZone: 'Asia/Shanghai', calendar: calendarOf('cn') });
const inLondon = (from: string, period: Counting['period'] = tenDays) =>
  deadline({ fromMs: at(from), period, timeZone: 'Europe/London', calendar: calendarOf('gb') });

const zones = ['Asia/Shanghai', 'Europe/London', 'Europe/Rome', 'America/New_York', 'Pacific/Kiritimati'];

describe('a deadline', () => {
  it('is the end of the tenth day after the notice, in the time zone of the place', () => {
    // Monday 2026-03-09, 23:30 in Chongqing; ten days on is Thursday the 19th.
    expect(inChongqing('2026-03-09T15:30:00Z')).toEqual({
      lastDay: '2026-03-19',
      atMs: at('2026-03-19T16:00:00Z'),
      certain: true,
    });
  });

  it('counts the day by the clock of the place: half an hour later it is tomorrow there', () => {
    expect(inChongqing('2026-03-09T16:30:00Z')?.lastDay).toBe('2026-03-20');
  });

  it('rolls a last day on a Saturday on to Monday', () => {
    expect(inChongqing('2026-03-11T04:00:00Z')?.lastDay).toBe('2026-03-23');
  });

  it('does not roll where the law names no such rule', () => {
    expect(inChongqing('2026-03-11T04:00:00Z', { ...tenDays, rollsOn: false })?.lastDay).toBe('2026-03-21');
  });

  it('rolls over the whole of National Day week', () => {
    // Notice on 21 September; ten days on is 1 October, and the offices open again on the 8th.
    expect(inChongqing('2026-09-21T04:00:00Z')?.lastDay).toBe('2026-10-08');
  });

  it('counts a Saturday that is worked in exchange for a holiday', () => {
    // Wednesday 11 February + 3: Thursday, Friday, and Saturday the 14th, worked for Spring Festival.
    expect(inChongqing('2026-02-11T04:00:00Z', workingDays(3))?.lastDay).toBe('2026-02-14');
    // The fourth working day comes only after nine days off.
    expect(inChongqing('2026-02-11T04:00:00Z', workingDays(4))?.lastDay).toBe('2026-02-24');
  });

  it('ends a rolled-on period on a worked Sunday, which is a working day', () => {
    expect(inChongqing('2026-09-10T04:00:00Z')?.lastDay).toBe('2026-09-20');
  });

  it('counts seven working days of the railway over Labour Day', () => {
    // Notice on Wednesday 29 April: 30 April, 6, 7, 8 May, Saturday the 9th (worked), 11, 12.
    expect(inChongqing('2026-04-29T04:00:00Z', workingDays(7))?.lastDay).toBe('2026-05-12');
  });

  it('rolls from Good Friday over Easter to Tuesday', () => {
    expect(inLondon('2026-03-24T12:00:00Z')?.lastDay).toBe('2026-04-07');
  });

  it('loses no hour when summer time begins, and gains none when it ends', () => {
    const spring = inLondon('2026-03-20T12:00:00Z'); // clocks go forward on 29 March
    expect(spring).toMatchObject({ lastDay: '2026-03-30', atMs: at('2026-03-30T23:00:00Z') });
    const autumn = inLondon('2026-10-16T12:00:00Z'); // and back on 25 October
    expect(autumn).toMatchObject({ lastDay: '2026-10-26', atMs: at('2026-10-27T00:00:00Z') });
  });

  it('ends with the day also where summer time begins at midnight', () => {
    const period = { days: 1, dayKind: 'calendar', rollsOn: false } as const;
    // In Beirut 29 March 2026 begins at 01:00; the day before ends at 22:00 UTC.
    const end = deadline({
      fromMs: at('2026-03-27T10:00:00Z'),
      period,
      timeZone: 'Asia/Beirut',
      calendar: calendarOf('gb'),
    });
    expect(end).toMatchObject({ lastDay: '2026-03-28', atMs: at('2026-03-28T22:00:00Z') });
  });

  it('stands still while an appeal is open', () => {
    const pauses = [{ fromMs: at('2026-03-12T02:00:00Z'), toMs: null }];
    const counting = {
      fromMs: at('2026-03-09T02:00:00Z'),
      period: tenDays,
      timeZone: 'Asia/Shanghai',
      calendar: calendarOf('cn'),
    };
    expect(deadline({ ...counting, pauses })).toBeUndefined();
  });

  it('goes on where it stood when the appeal is withdrawn; days touched by the appeal do not count', () => {
    // 9 March notice; 10 and 11 count; appeal from the 12th to the 16th; the 17th is the third day, the 24th the tenth.
    const pauses = [{ fromMs: at('2026-03-12T02:00:00Z'), toMs: at('2026-03-16T02:00:00Z') }];
    const resumed = deadline({
      fromMs: at('2026-03-09T02:00:00Z'),
      period: tenDays,
      timeZone: 'Asia/Shanghai',
      calendar: calendarOf('cn'),
      pauses,
    });
    expect(resumed?.lastDay).toBe('2026-03-24');
  });

  it('is not certain where it meets a year whose holidays are not announced', () => {
    expect(inChongqing('2026-12-22T04:00:00Z')).toMatchObject({ lastDay: '2027-01-01', certain: false });
  });

  it('needs no calendar to count calendar days that do not roll', () => {
    expect(inChongqing('2031-01-01T04:00:00Z', { ...tenDays, rollsOn: false })?.certain).toBe(true);
  });

  const counting = fc.record({
    fromMs: fc.integer({ min: at('2026-01-01T12:00:00Z'), max: at('2026-10-01T00:00:00Z') }),
    timeZone: fc.constantFrom(...zones),
    calendar: fc.constantFrom(...['cn', 'gb', 'it', 'us'].map(calendarOf)),
    period: fc.record({
      days: fc.integer({ min: 1, max: 60 }),
      dayKind: fc.constantFrom('calendar' as const, 'working' as const),
      rollsOn: fc.boolean(),
    }),
  });

  it('never comes earlier than the days it gives, and ends exactly when its last day does', () => {
    fc.assert(
      fc.property(counting, (given) => {
        const end = deadline(given);
        if (!end) throw new Error('no pause was given');
        expect(isoOf(dayAt(end.atMs - 1, given.timeZone))).toBe(end.lastDay);
        expect(isoOf(dayAt(end.atMs, given.timeZone))).not.toBe(end.lastDay);
        const days = dayOfIso(end.lastDay) - dayAt(given.fromMs, given.timeZone);
        expect(days).toBeGreaterThanOrEqual(given.period.days);
      }),
    );
  });

  it('only moves later: by a later start, by rolling on, by working days, by a pause', () => {
    fc.assert(
      fc.property(counting, fc.integer({ min: 0, max: 20 * 86_400_000 }), (given, laterMs) => {
        const end = (more: Partial<Counting>) => deadline({ ...given, ...more })?.atMs ?? 0;
        const plain = end({ period: { ...given.period, dayKind: 'calendar', rollsOn: false } });
        expect(end({ fromMs: given.fromMs + laterMs })).toBeGreaterThanOrEqual(end({}));
        expect(end({ period: { ...given.period, dayKind: 'calendar' } })).toBeGreaterThanOrEqual(plain);
        expect(end({ period: { ...given.period, dayKind: 'working' } })).toBeGreaterThanOrEqual(plain);
        const pause = { fromMs: given.fromMs + 86_400_000, toMs: given.fromMs + 86_400_000 + laterMs };
        expect(end({ pauses: [pause] })).toBeGreaterThanOrEqual(end({}));
      }),
    );
  });
});

describe('the day it is at a moment', () => {
  it('is the one Temporal says, in every zone, also where a day was left out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('1972-01-01'), max: at('2037-12-31') }),
        fc.constantFrom(...zones, 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Kathmandu'),
        (ms, timeZone) => {
          const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
          expect(isoOf(dayAt(ms, timeZone))).toBe(there.toPlainDate().toString());
          expect(weekdayOf(dayAt(ms, timeZone))).toBe(there.dayOfWeek);
        },
      ),
      { numRuns: 500 },
    );
    // Samoa had no 30 December 2011.
    const [before, after] = ['2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z'].map(at);
    expect(isoOf(dayAt(before ?? 0, 'Pacific/Apia'))).toBe('2011-12-29');
    expect(isoOf(dayAt(after ?? 0, 'Pacific/Apia'))).toBe('2011-12-31');
  });
});

describe('holiday calendars', () => {
  it('are here for every process, and name days that are', () => {
    expect([...loaded.calendars.keys()].sort()).toEqual(['cn', 'de', 'fr', 'gb', 'it', 'us']);
  });

  it('are refused with all their faults at once', () => {
    const text = JSON.stringify({
      ...calendarOf('cn'),
      holidays: [
        { date: '2026-10-01', name: 'a' },
        { date: '2026-10-01', name: 'b' },
        { date: '2027-01-01', name: 'c' },
      ],
      workedWeekends: [{ date: '2026-10-09', name: 'a Friday' }],
    });
    expect(loadCalendars([{ name: 'cn.json', text }])).toEqual({
      ok: false,
      faults: [
        'cn.json: 2026-10-01 is listed more than once',
        'cn.json: 2027-01-01 is outside of what the calendar covers',
        'cn.json: /workedWeekends has 2026-10-09, which is no weekend day',
      ],
    });
  });

  it('are refused where a day does not exist', () => {
    const text = JSON.stringify({ ...calendarOf('cn'), holidays: [{ date: '2026-02-30', name: 'a' }] });
    expect(loadCalendars([{ name: 'x', text }])).toEqual({
      ok: false,
      faults: ['x: 2026-02-30 is no day of the calendar'],
    });
  });
});
