import { describe, expect, it } from 'vitest';
import { anOrigin, driver, keeper, lawOf, officer, plate, system, Walk } from '../../testing/case-walk.ts';
import { advance } from './step.ts';

const cn = lawOf('cn');
const day = (date: number, hour = 2): string =>
  `2026-03-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
const KEEPER = plate('keeper');
const DRIVER = plate('driver');

const opened = (law = cn, changes = {}) => new Walk(anOrigin(changes), law);
const confirmed = (law = cn, changes = {}) =>
  opened(law, changes)
    .do('assign', officer('li'), day(3), 'taken')
    .do('confirm', officer('li'), day(3), 'seen-in-evidence');
const noticed = (law = cn, changes = {}) =>
  confirmed(law, changes)
    .do('notify-keeper', system, day(4), 'letter-delivered')
    .do('name-driver', keeper(KEEPER), day(5), 'keeper-names-driver', { driver: DRIVER })
    .do('notify-driver', system, day(6), 'letter-delivered');
const appealed = (law = cn) => noticed(law).do('appeal', driver(DRIVER), day(9), 'disputes-facts');

describe('two pairs of eyes', () => {
  it('let no officer decide a case that another has taken', () => {
    const walk = opened().do('assign', officer('li'), day(3), 'taken');
    const other = officer('wu');
    expect(walk.tryOne({ event: 'assign', by: other, at: day(3), why: 'taken' })).toMatchObject({
      code: 'assigned-to-another',
    });
    expect(walk.tryOne({ event: 'confirm', by: other, at: day(3), why: 'seen-in-evidence' })).toMatchObject({
      code: 'assigned-to-another',
    });
  });

  it('let another officer take a case whose hour has passed, and then not the first any more', () => {
    const walk = opened()
      .do('assign', officer('li'), day(3, 2), 'taken')
      .do('assign', officer('wu'), day(3, 3), 'taken');
    expect(
      walk.tryOne({ event: 'confirm', by: officer('li'), at: day(3, 3), why: 'seen-in-evidence' }),
    ).toMatchObject({ code: 'assigned-to-another' });
  });

  it('let nobody decide what was not taken, or was handed back', () => {
    const walk = opened()
      .do('assign', officer('li'), day(3), 'taken')
      .do('hand-back', officer('li'), day(3), 'handed-back');
    expect(walk.file).toMatchObject({ state: 'opened', assignment: null });
    const appeal = appealed();
    expect(
      appeal.tryOne({
        event: 'dismiss',
        by: officer('wu'),
        at: day(9),
        why: 'facts-stand',
        more: { note: 'x' },
      }),
    ).toMatchObject({ code: 'not-assigned' });
  });

  it('never let the reviewer decide the appeal', () => {
    const walk = appealed();
    expect(walk.tryOne({ event: 'assign', by: officer('li'), at: day(9), why: 'taken' })).toMatchObject({
      code: 'reviewer-decides-own',
    });
    for (const event of ['uphold', 'dismiss'] as const)
      expect(
        walk.tryOne({
          event,
          by: officer('li'),
          at: day(9),
          why: event === 'uphold' ? 'wrong-vehicle' : 'facts-stand',
          more: { note: 'x' },
        }),
      ).toMatchObject({ code: 'reviewer-decides-own' });
  });

  it('let the second stage be decided by neither the reviewer nor the first decider', () => {
    const walk = appealed(lawOf('it'))
      .do('assign', officer('wu'), day(10), 'taken')
      .do('dismiss', officer('wu'), day(10), 'facts-stand', { note: 'The pedestrian was on the stripes.' })
      .do('notify-decision', system, day(11), 'letter-delivered')
      .do('appeal', driver(DRIVER), day(12), 'disputes-facts');
    const take = (id: string) => walk.tryOne({ event: 'assign', by: officer(id), at: day(13), why: 'taken' });
    expect(take('wu')).toMatchObject({ code: 'decided-it-first' });
    expect(take('li')).toMatchObject({ code: 'reviewer-decides-own' });
    expect(take('zhao')).toMatchObject({ kind: 'done' });
  });

  it('know no second stage where the law has none', () => {
    const walk = appealed().do('assign', officer('wu'), day(10), 'taken');
    walk.do('dismiss', officer('wu'), day(10), 'facts-stand', { note: 'Seen in every frame.' });
    expect(walk.states.slice(-3)).toEqual(['dismissed', 'final', 'posted']);
  });

  it('make a decision on an appeal come with its reasons', () => {
    const walk = appealed().do('assign', officer('wu'), day(10), 'taken');
    for (const [event, why] of [
      ['dismiss', 'facts-stand'],
      ['uphold', 'wrong-vehicle'],
    ] as const)
      expect(walk.tryOne({ event, by: officer('wu'), at: day(10), why, more: { note: '  ' } })).toMatchObject(
        {
          code: 'reasons-missing',
        },
      );
  });

  it('release the points when the appeal is right, and count it against the device', () => {
    const walk = appealed()
      .do('assign', officer('wu'), day(10), 'taken')
      .do('uphold', officer('wu'), day(10), 'wrong-vehicle', { note: 'Another car.' });
    expect(walk.states.slice(-2)).toEqual(['upheld', 'released']);
    expect(walk.file.finding).toBe('wrong');
  });
});

describe('a sampled second review', () => {
  const all = lawOf('cn', 'road', { confirmedPerMille: 1000, rejectedPerMille: 1000 });
  const first = (event: 'confirm' | 'reject') =>
    opened(all)
      .do('assign', officer('li'), day(3), 'taken')
      .do(event, officer('li'), day(3), event === 'confirm' ? 'seen-in-evidence' : 'view-obstructed');
  const second = (walk: Walk, event: 'confirm' | 'reject') =>
    walk
      .do('assign', officer('wu'), day(4), 'taken')
      .do(event, officer('wu'), day(4), event === 'confirm' ? 'seen-in-evidence' : 'view-obstructed');

  it('is of confirmations and of rejections, and looks the same from outside', () => {
    expect(first('confirm').file.state).toBe('second-review');
    expect(first('reject').file.state).toBe('second-review');
  });

  it('is another officer’s', () => {
    expect(
      first('confirm').tryOne({ event: 'assign', by: officer('li'), at: day(4), why: 'taken' }),
    ).toMatchObject({ code: 'reviewed-it-first' });
  });

  it.each([
    ['confirm', 'confirm', 'confirmed', 'right'],
    ['confirm', 'reject', 'released', 'wrong'],
    ['reject', 'confirm', 'released', 'wrong'],
    ['reject', 'reject', 'released', 'wrong'],
  ] as const)('after %s and %s is %s: in doubt for the person', (one, two, state, finding) => {
    expect(second(first(one), two).file).toMatchObject({ state, finding });
  });

  it('that nobody makes in time lets the person go', () => {
    const walk = first('confirm').pass(day(31));
    expect(walk.history.at(-1)).toMatchObject({ to: 'released', reason: 'second-review-lapsed' });
  });
});

describe('posting', () => {
  it('is blocked where the calibration had expired on the day, until an officer lets go', () => {
    const walk = noticed(cn, { calibration: { validUntil: '2026-03-01' } }).pass(day(31));
    expect(walk.file).toMatchObject({ state: 'final', blockedBy: 'calibration-expired' });
    expect(advance(walk.file, walk.around, Date.parse(day(31)))).toEqual([]);
    expect(walk.tryOne({ event: 'post', by: system, at: day(31), why: 'is-final' })).toMatchObject({
      code: 'not-due',
    });
    walk.do('release', officer('wu'), day(31), 'calibration-expired');
    expect(walk.file).toMatchObject({ state: 'released', blockedBy: null });
  });

  it('counts the last day of the calibration by the clock of the place', () => {
    // 2 March 10:00 in Shanghai is still 2 March; the calibration ends with that day.
    const walk = noticed(cn, { calibration: { validUntil: '2026-03-02' } }).pass(day(31));
    expect(walk.file.state).toBe('posted');
  });

  it('is blocked where nobody ever calibrated', () => {
    const walk = noticed(cn, { calibration: { validUntil: null } }).pass(day(31));
    expect(walk.file.blockedBy).toBe('never-calibrated');
  });

  it('is blocked while the device is suspended, and done when it is trusted again', () => {
    const walk = noticed();
    walk.around = { ...cn, deviceSuspended: true };
    expect(walk.pass(day(31)).file).toMatchObject({ state: 'final', blockedBy: 'device-suspended' });
    walk.around = cn;
    expect(walk.pass(day(31)).file.state).toBe('posted');
  });

  it('does not begin with a suspended device: its infractions cannot be confirmed', () => {
    const walk = opened().do('assign', officer('li'), day(3), 'taken');
    walk.around = { ...cn, deviceSuspended: true };
    expect(
      walk.tryOne({ event: 'confirm', by: officer('li'), at: day(3), why: 'seen-in-evidence' }),
    ).toMatchObject({ code: 'device-suspended' });
  });
});
