import { describe, expect, it } from 'vitest';
import {
  anOrigin,
  driver,
  keeper,
  lawOf,
  officer,
  plate,
  system,
  ticket,
  Walk,
} from '../../testing/case-walk.ts';

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

describe('a case', () => {
  it('goes from the camera to posted points when nobody objects', () => {
    const walk = noticed().pass(day(31));
    expect(walk.states).toEqual([
      'opened',
      'in-review',
      'confirmed',
      'keeper-notified',
      'identified',
      'noticed',
      'final',
      'posted',
    ]);
  });

  it('says of every step who took it, when and why', () => {
    const walk = noticed();
    expect(walk.history.at(2)).toMatchObject({
      position: 3,
      event: 'confirm',
      from: 'in-review',
      to: 'confirmed',
      actor: { kind: 'officer', id: 'li' },
      atMs: Date.parse(day(3)),
      reason: 'seen-in-evidence',
    });
  });

  it('refuses what the table does not have, and names what is allowed', () => {
    const refused = opened().tryOne({ event: 'post', by: system, at: day(3), why: 'is-final' });
    expect(refused).toMatchObject({
      kind: 'refused',
      code: 'not-in-this-state',
      allowed: ['assign', 'mark-duplicate', 'escalate', 'release'],
    });
  });

  it('is released at once when a reviewer rejects it', () => {
    const walk = opened()
      .do('assign', officer('li'), day(3), 'taken')
      .do('reject', officer('li'), day(3), 'wrong-vehicle');
    expect(walk.states.slice(-2)).toEqual(['rejected', 'released']);
    expect(walk.file.finding).toBe('wrong');
  });

  it('does not hold against a device what an ambulance may do', () => {
    const walk = opened()
      .do('assign', officer('li'), day(3), 'taken')
      .do('reject', officer('li'), day(3), 'emergency-vehicle');
    expect(walk.file.finding).toBeNull();
  });

  it('is released as a duplicate, and names the case that stands', () => {
    const other = '22222222-2222-5222-8222-222222222222';
    const walk = opened().do('mark-duplicate', officer('li'), day(3), 'same-event-two-devices', {
      duplicateOf: other,
    });
    expect(walk.file).toMatchObject({ state: 'released', duplicateOf: other });
  });

  it('is no duplicate of itself', () => {
    const walk = opened();
    const refused = walk.tryOne({
      event: 'mark-duplicate',
      by: officer('li'),
      at: day(3),
      why: 'same-event-two-devices',
      more: { duplicateOf: walk.file.id },
    });
    expect(refused).toMatchObject({ code: 'duplicate-of-itself' });
  });

  it('takes a reason only of the list that belongs to the event and the person', () => {
    const walk = opened().do('assign', officer('li'), day(3), 'taken');
    const attempt = (by: typeof system, why: 'seen-in-evidence' | 'hardship') =>
      walk.tryOne({ event: 'confirm', by, at: day(3), why });
    expect(attempt(system, 'seen-in-evidence')).toMatchObject({ code: 'not-by-this-actor' });
    expect(attempt(officer('li'), 'hardship')).toMatchObject({ code: 'not-for-this-reason' });
  });

  it('never goes back in time: a clock that was set back stamps the step before it', () => {
    const walk = confirmed().do('notify-keeper', system, day(2), 'letter-delivered');
    expect(walk.file.changedAtMs).toBe(Date.parse(day(3)));
  });

  it('lets the authority withdraw it at any time before it is posted', () => {
    expect(appealed().do('release', officer('wu'), day(10), 'withdrawn-by-authority').file.state).toBe(
      'released',
    );
  });
});

describe('the driver', () => {
  it('is not the keeper until somebody who can know says so', () => {
    const walk = confirmed().do('notify-keeper', system, day(4), 'letter-delivered');
    const name = (
      by: typeof system,
      why: 'keeper-was-driver' | 'keeper-names-driver' | 'driver-comes-forward',
      who?: string,
    ) =>
      walk.tryOne({
        event: 'name-driver',
        by,
        at: day(5),
        why,
        more: who === undefined ? {} : { driver: who },
      });
    expect(name(keeper(DRIVER), 'keeper-was-driver', DRIVER)).toMatchObject({ code: 'not-the-keeper' });
    expect(name(keeper(KEEPER), 'keeper-was-driver', DRIVER)).toMatchObject({ code: 'driver-is-not-keeper' });
    expect(name(keeper(KEEPER), 'keeper-names-driver', KEEPER)).toMatchObject({ code: 'driver-is-keeper' });
    expect(name(driver(plate('x')), 'driver-comes-forward', DRIVER)).toMatchObject({
      code: 'not-the-driver',
    });
    expect(name(keeper(KEEPER), 'keeper-names-driver')).toMatchObject({ code: 'driver-missing' });
    expect(name(keeper(KEEPER), 'keeper-names-driver', ticket('x'))).toMatchObject({
      code: 'account-of-other-kind',
    });
    expect(name(keeper(KEEPER), 'keeper-was-driver', KEEPER)).toMatchObject({ kind: 'done' });
  });

  it('takes over the hold from the keeper', () => {
    const before = confirmed().file;
    const { account, driver: named, holdId } = noticed().file;
    expect({ account, named }).toEqual({ account: DRIVER, named: DRIVER });
    expect(holdId).not.toBe(before.holdId);
  });

  it('keeps the hold where the keeper was at the wheel', () => {
    const walk = confirmed()
      .do('notify-keeper', system, day(4), 'letter-delivered')
      .do('name-driver', keeper(KEEPER), day(5), 'keeper-was-driver', { driver: KEEPER });
    expect(walk.file.holdId).toBe(confirmed().file.holdId);
  });

  it('alone accepts, appeals and withdraws', () => {
    const stranger = driver(plate('stranger'));
    const open = noticed();
    const may = (event: 'accept' | 'appeal', why: 'paid' | 'disputes-facts') =>
      open.tryOne({ event, by: stranger, at: day(9), why });
    expect(may('accept', 'paid')).toMatchObject({ code: 'not-the-driver' });
    expect(may('appeal', 'disputes-facts')).toMatchObject({ code: 'not-the-driver' });
    const withdraw = appealed().tryOne({
      event: 'withdraw',
      by: officer('li'),
      at: day(10),
      why: 'withdrawn-by-person',
    });
    expect(withdraw).toMatchObject({ code: 'not-by-this-actor' });
  });

  it('may end the wait by paying', () => {
    expect(noticed().do('accept', driver(DRIVER), day(7), 'paid').states.slice(-3)).toEqual([
      'accepted',
      'final',
      'posted',
    ]);
  });

  it('of a train is who showed the ticket; no keeper is asked', () => {
    const walk = confirmed(lawOf('cn', 'rail'), {
      track: 'rail',
      keeper: ticket('anna'),
      calibration: null,
      points: 1,
    });
    expect(walk.file).toMatchObject({ state: 'identified', driver: ticket('anna') });
    const letter = confirmed(lawOf('cn', 'rail'), { track: 'rail', keeper: null, calibration: null });
    expect(
      letter.tryOne({ event: 'notify-keeper', by: system, at: day(4), why: 'letter-delivered' }),
    ).toMatchObject({ code: 'keeper-not-asked' });
  });

  it('is nobody until named where the plate was not read; then the points are held for the first time', () => {
    const walk = confirmed(cn, { keeper: null });
    expect(walk.file.holdId).toBeNull();
    walk.do('name-driver', officer('li'), day(4), 'stopped-on-the-spot', { driver: DRIVER });
    expect(walk.file).toMatchObject({ account: DRIVER, state: 'identified' });
    expect(walk.file.holdId).not.toBeNull();
  });

  it('has nothing held where the rule has no points', () => {
    const walk = confirmed(cn, { points: 0 }).do(
      'name-driver',
      officer('li'),
      day(4),
      'stopped-on-the-spot',
      { driver: DRIVER },
    );
    expect(walk.file.holdId).toBeNull();
  });
});

describe('a letter', () => {
  it('that fails starts no clock', () => {
    const walk = confirmed()
      .do('notify-keeper', system, day(4), 'letter-delivered')
      .do('name-driver', keeper(KEEPER), day(5), 'keeper-names-driver', { driver: DRIVER })
      .do('fail-delivery', system, day(6), 'channel-failed');
    expect(walk.file.state).toBe('identified');
    expect(walk.file.moments.noticed).toBeUndefined();
  });

  it('that comes back undoes the notice: the window starts with the one that arrives', () => {
    const walk = noticed()
      .do('fail-delivery', system, day(12), 'letter-returned')
      .do('notify-driver', system, day(17), 'served-in-person');
    expect(walk.pass(day(20)).file.state).toBe('noticed');
    expect(walk.pass(day(27, 15)).file.state).toBe('noticed');
    expect(walk.pass(day(27, 16)).file.state).toBe('posted');
  });
});
