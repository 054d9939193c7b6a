import type { CaseState } from '@wayside/contracts/case';
import { PERIODS, type Lapse, type PeriodName } from '@wayside/contracts/law-process';
import { describe, expect, it } from 'vitest';
import {
  anOrigin,
  DAY_MS,
  driver,
  keeper,
  lawOf,
  officer,
  plate,
  system,
  ticket,
  Walk,
} from '../../testing/case-walk.ts';
import { runningPeriods } from './clock.ts';
import { PERIOD_RULES } from './period-rules.ts';
import type { Surroundings } from './system-step.ts';

const DRIVER = plate('driver');
const note = { note: 'Seen in every frame.' };
const start = Date.parse('2026-03-02T02:00:00Z');
/** A moment on the day of opening, in minutes, so that no clock but the one in question can end. */
const min = (minutes: number): number => start + minutes * 60_000;

/** Ten days for everything, a second stage, every decision sampled: a law in which each clock can be reached. */
function everyClock(changed: PeriodName, onLapse: Lapse, sampled: boolean): Surroundings {
  const italy = lawOf('it', 'road', sampled ? { confirmedPerMille: 1000, rejectedPerMille: 1000 } : {});
  const periods = Object.fromEntries(
    PERIODS.map((name) => {
      const own = italy.track.periods[name];
      if (!own) throw new Error(`Italy has no ${name}`);
      const from = PERIOD_RULES[name].from.at(-1) ?? own.from;
      const period = { ...own, days: 10, dayKind: 'calendar' as const, rollsOn: false, from };
      return [name, name === changed ? { ...period, onLapse } : { ...period, days: 300 }];
    }),
  );
  return { ...italy, track: { ...italy.track, periods } };
}

/** The shortest way into the states in which each period runs. */
const WAYS: Readonly<Record<PeriodName, (walk: Walk) => Walk>> = {
  review: (walk) => walk,
  secondReview: (walk) =>
    walk
      .do('assign', officer('li'), min(1), 'taken')
      .do('confirm', officer('li'), min(2), 'seen-in-evidence'),
  keeperNotice: (walk) => WAYS.secondReview(walk),
  naming: (walk) => WAYS.keeperNotice(walk).do('notify-keeper', system, min(3), 'letter-delivered'),
  notice: (walk) =>
    WAYS.naming(walk).do('name-driver', keeper(plate('keeper')), min(4), 'keeper-names-driver', {
      driver: DRIVER,
    }),
  appeal: (walk) => WAYS.notice(walk).do('notify-driver', system, min(5), 'letter-delivered'),
  decision: (walk) => WAYS.appeal(walk).do('appeal', driver(DRIVER), min(6), 'disputes-facts'),
  decisionNotice: (walk) =>
    WAYS.decision(walk)
      .do('assign', officer('wu'), min(7), 'taken')
      .do('dismiss', officer('wu'), min(8), 'facts-stand', note),
  secondAppeal: (walk) => WAYS.decisionNotice(walk).do('notify-decision', system, min(9), 'letter-delivered'),
  secondDecision: (walk) => WAYS.secondAppeal(walk).do('appeal', driver(DRIVER), min(10), 'disputes-facts'),
};

const END_OF: Readonly<Record<Lapse, CaseState | undefined>> = {
  release: 'released',
  finalise: 'posted',
  uphold: 'released',
  escalate: undefined,
};

const lapses = PERIODS.flatMap((name) =>
  PERIOD_RULES[name].onLapse.map((onLapse) => [name, onLapse] as const),
);

describe('a period that lapses', () => {
  it.each(lapses)(
    '%s, %s: not a moment before its last day has ended, then by the house',
    (name, onLapse) => {
      const law = everyClock(name, onLapse, name === 'secondReview');
      const walk = WAYS[name](new Walk(anOrigin({ timeZone: 'Europe/Rome' }), law));
      const before = walk.file;
      const [due] = runningPeriods(before, law);
      expect(due).toMatchObject({ name, onLapse, lastDay: '2026-03-12' });
      const atMs = due?.atMs ?? 0;
      expect(walk.pass(atMs - 1).file).toEqual(before);

      walk.pass(atMs);
      const lapse = walk.history[before.version];
      expect(lapse).toMatchObject({ actor: system, reason: PERIOD_RULES[name].lapsed, atMs });
      expect(lapse?.details).toEqual({ period: name, lastDay: '2026-03-12' });
      expect(walk.file.state).toBe(END_OF[onLapse] ?? before.state);
      expect(walk.file.escalated).toEqual(onLapse === 'escalate' ? [name] : []);
    },
  );

  it('calls a superior once, not every minute', () => {
    const law = everyClock('decision', 'escalate', false);
    const walk = WAYS.decision(new Walk(anOrigin(), law)).pass(start + 20 * DAY_MS);
    const steps = walk.history.length;
    expect(walk.pass(start + 21 * DAY_MS).history).toHaveLength(steps);
    expect(runningPeriods(walk.file, law)).toEqual([]);
  });

  it('comes too late for a person also where the scheduler has not yet come by', () => {
    const walk = WAYS.appeal(new Walk(anOrigin(), everyClock('appeal', 'finalise', false)));
    const late = walk.tryOne({
      event: 'appeal',
      by: driver(DRIVER),
      at: start + 12 * DAY_MS,
      why: 'disputes-facts',
    });
    expect(late).toMatchObject({ code: 'period-lapsed', detail: 'the last day was 2026-03-12' });
  });

  it('does not stop an officer who decides late, where lateness only calls a superior', () => {
    const walk = WAYS.decision(new Walk(anOrigin(), everyClock('decision', 'escalate', false)));
    walk.do('assign', officer('wu'), start + 20 * DAY_MS, 'taken');
    expect(walk.file.state).toBe('appealed');
  });

  it('acts on nothing while a missing calendar leaves its last day open', () => {
    const law = lawOf('cn');
    const late = { occurredAtMs: Date.parse('2026-12-20T02:00:00Z') };
    const walk = new Walk(anOrigin(late), law)
      .do('assign', officer('li'), '2026-12-21T02:00:00Z', 'taken')
      .do('confirm', officer('li'), '2026-12-21T02:00:00Z', 'seen-in-evidence')
      .do('name-driver', officer('li'), '2026-12-22T01:00:00Z', 'stopped-on-the-spot', { driver: DRIVER })
      .do('notify-driver', system, '2026-12-22T02:00:00Z', 'served-in-person')
      .pass('2027-06-01T00:00:00Z');
    expect(walk.file.state).toBe('noticed');
    const announced = { ...law.calendar, covers: { from: '2026-01-01', to: '2027-12-31' } };
    walk.around = { ...law, calendar: announced };
    expect(walk.pass('2027-06-01T00:00:00Z').file.state).toBe('posted');
  });
});

describe('a case walked through its year', () => {
  it('in Chongqing, over Spring Festival, with an appeal withdrawn and one dismissed', () => {
    const walk = new Walk(anOrigin({ occurredAtMs: Date.parse('2026-02-10T09:00:00+08:00') }), lawOf('cn'));
    // Five working days to review: 11, 12, 13, Saturday the 14th (worked), 24 February.
    expect(runningPeriods(walk.file, walk.around)[0]?.lastDay).toBe('2026-02-24');
    walk
      .do('assign', officer('li'), '2026-02-24T09:00:00+08:00', 'taken')
      .do('confirm', officer('li'), '2026-02-24T09:05:00+08:00', 'seen-in-evidence')
      .do('notify-keeper', system, '2026-02-25T10:00:00+08:00', 'letter-delivered');
    // Thirty working days to name the driver: Saturday the 28th is worked, 6 April is Qingming.
    expect(runningPeriods(walk.file, walk.around)[0]?.lastDay).toBe('2026-04-08');
    walk
      .do('name-driver', keeper(plate('keeper')), '2026-04-08T23:59:59+08:00', 'keeper-names-driver', {
        driver: DRIVER,
      })
      .do('notify-driver', system, '2026-04-14T08:00:00+08:00', 'letter-delivered');
    expect(runningPeriods(walk.file, walk.around)[0]?.lastDay).toBe('2026-04-24');
    walk
      .do('appeal', driver(DRIVER), '2026-04-20T12:00:00+08:00', 'disputes-facts')
      .do('withdraw', driver(DRIVER), '2026-04-22T12:00:00+08:00', 'withdrawn-by-person');
    // 15-19 April were five days; the other five are 23-27.
    expect(runningPeriods(walk.file, walk.around)[0]?.lastDay).toBe('2026-04-27');
    walk.do('appeal', driver(DRIVER), '2026-04-27T23:59:00+08:00', 'disputes-law').pass('2026-05-20T00:00Z');
    // The five working days to decide, over Labour Day, have called a superior; the points stay held.
    expect(walk.history.at(-1)).toMatchObject({ event: 'escalate', reason: 'decision-lapsed' });
    walk
      .do('assign', officer('wu'), '2026-06-01T09:00:00+08:00', 'taken')
      .do('dismiss', officer('wu'), '2026-06-01T09:30:00+08:00', 'facts-stand', note);
    expect(walk.states.slice(-3)).toEqual(['dismissed', 'final', 'posted']);
  });

  it('in London, from a notice on time over the end of summer time to the end of the window', () => {
    const occurredAtMs = Date.parse('2026-10-09T17:00:00+01:00');
    const origin = anOrigin({ timeZone: 'Europe/London', occurredAtMs });
    const walk = new Walk(origin, lawOf('uk'), '2026-10-09T17:00:02+01:00')
      .do('assign', officer('li'), '2026-10-12T09:00:00+01:00', 'taken')
      .do('confirm', officer('li'), '2026-10-12T09:01:00+01:00', 'seen-in-evidence');
    // Notice to the keeper within 14 days of the offence.
    expect(runningPeriods(walk.file, walk.around)[0]).toMatchObject({
      name: 'keeperNotice',
      lastDay: '2026-10-23',
    });
    walk.do('notify-keeper', system, '2026-10-20T09:00:00+01:00', 'letter-delivered');
    // 28 days, the clocks going back on the 25th: the end of 17 November in winter time.
    expect(runningPeriods(walk.file, walk.around)[0]?.atMs).toBe(Date.parse('2026-11-18T00:00:00Z'));
    walk
      .do('name-driver', keeper(plate('keeper')), '2026-11-17T23:59:59Z', 'keeper-names-driver', {
        driver: DRIVER,
      })
      .pass('2026-11-27T23:59:59Z');
    // Ten days to tell the driver; a letter after them comes too late, and the points go back.
    const letter = { event: 'notify-driver', by: system, why: 'letter-delivered' } as const;
    expect(walk.tryOne({ ...letter, at: '2026-11-27T23:59:59Z' })).toMatchObject({ kind: 'done' });
    expect(walk.tryOne({ ...letter, at: '2026-11-28T00:00:00Z' })).toMatchObject({ code: 'period-lapsed' });
    expect(walk.pass('2026-11-28T00:00:00Z').history.at(-1)).toMatchObject({
      to: 'released',
      reason: 'notice-lapsed',
    });
  });

  it('in London posts after Christmas: ten days from the 16th roll over Boxing Day’s substitute', () => {
    const origin = anOrigin({
      timeZone: 'Europe/London',
      occurredAtMs: Date.parse('2026-12-14T10:00:00Z'),
    });
    const walk = new Walk(origin, lawOf('uk'))
      .do('assign', officer('li'), '2026-12-15T09:00:00Z', 'taken')
      .do('confirm', officer('li'), '2026-12-15T09:01:00Z', 'seen-in-evidence')
      .do('name-driver', officer('li'), '2026-12-15T10:00:00Z', 'stopped-on-the-spot', { driver: DRIVER })
      .do('notify-driver', system, '2026-12-16T10:00:00Z', 'served-in-person');
    expect(walk.pass('2026-12-29T23:59:59.999Z').file.state).toBe('noticed');
    expect(walk.pass('2026-12-30T00:00:00Z').file.state).toBe('posted');
  });

  it('in New York, over the beginning of summer time', () => {
    const origin = anOrigin({
      timeZone: 'America/New_York',
      occurredAtMs: Date.parse('2026-03-02T12:00:00-05:00'),
    });
    const walk = new Walk(origin, lawOf('us-uvc'))
      .do('assign', officer('li'), '2026-03-03T09:00:00-05:00', 'taken')
      .do('confirm', officer('li'), '2026-03-03T09:01:00-05:00', 'seen-in-evidence')
      .do('name-driver', officer('li'), '2026-03-03T10:00:00-05:00', 'stopped-on-the-spot', {
        driver: DRIVER,
      })
      .do('notify-driver', system, '2026-03-03T22:00:00-05:00', 'served-in-person');
    // By the clock of Greenwich the notice was on the 4th; in New York it was the 3rd. Summer time begins on the 8th.
    expect(walk.pass('2026-03-13T23:59:59.999-04:00').file.state).toBe('noticed');
    expect(walk.pass('2026-03-14T00:00:00-04:00').file.state).toBe('posted');
  });

  it('in Rome, through both stages over a summer', () => {
    const origin = anOrigin({
      timeZone: 'Europe/Rome',
      occurredAtMs: Date.parse('2026-03-02T12:00:00+01:00'),
    });
    const walk = new Walk(origin, lawOf('it'))
      .do('assign', officer('li'), '2026-03-03T09:00:00+01:00', 'taken')
      .do('confirm', officer('li'), '2026-03-03T09:01:00+01:00', 'seen-in-evidence')
      .do('notify-keeper', system, '2026-04-01T09:00:00+02:00', 'letter-delivered')
      .do('name-driver', keeper(plate('keeper')), '2026-05-29T09:00:00+02:00', 'keeper-was-driver', {
        driver: plate('keeper'),
      })
      .do('notify-driver', system, '2026-06-02T09:00:00+02:00', 'letter-delivered');
    // Sixty days from 2 June end on 1 August, a Saturday: Monday the 3rd.
    expect(runningPeriods(walk.file, walk.around)[0]?.lastDay).toBe('2026-08-03');
    walk
      .do('appeal', driver(plate('keeper')), '2026-08-03T20:00:00+02:00', 'disputes-facts')
      .do('assign', officer('wu'), '2026-09-10T09:00:00+02:00', 'taken')
      .do('dismiss', officer('wu'), '2026-09-10T09:10:00+02:00', 'facts-stand', note)
      .do('notify-decision', system, '2026-09-14T09:00:00+02:00', 'letter-delivered');
    expect(runningPeriods(walk.file, walk.around)[0]).toMatchObject({
      name: 'secondAppeal',
      lastDay: '2026-10-14',
    });
    expect(walk.pass('2026-10-15T00:00:00+02:00').file.state).toBe('posted');
  });

  it('in Rome is granted where the prefect is silent for 210 days', () => {
    const origin = anOrigin({ timeZone: 'Europe/Rome' });
    const walk = new Walk(origin, lawOf('it'))
      .do('assign', officer('li'), min(1), 'taken')
      .do('confirm', officer('li'), min(2), 'seen-in-evidence')
      .do('name-driver', officer('li'), min(3), 'stopped-on-the-spot', { driver: DRIVER })
      .do('notify-driver', system, min(4), 'served-in-person')
      .do('appeal', driver(DRIVER), min(5), 'disputes-facts');
    expect(walk.pass(start + 209 * DAY_MS).file.state).toBe('appealed');
    expect(walk.pass(start + 212 * DAY_MS).states.slice(-2)).toEqual(['upheld', 'released']);
  });

  it('on a train in China: seven working days over the May holidays, then the point is posted', () => {
    const origin = anOrigin({ track: 'rail', keeper: ticket('anna'), calibration: null, points: 1 });
    const walk = new Walk(origin, lawOf('cn', 'rail'), '2026-04-27T02:00:00Z')
      .do('assign', officer('li'), '2026-04-28T02:00:00Z', 'taken')
      .do('confirm', officer('li'), '2026-04-28T02:01:00Z', 'seen-in-evidence')
      .do('notify-driver', system, '2026-04-29T02:00:00Z', 'letter-delivered');
    expect(walk.pass('2026-05-12T15:59:59Z').file.state).toBe('noticed');
    expect(walk.pass('2026-05-12T16:00:00Z').file.state).toBe('posted');
  });
});
