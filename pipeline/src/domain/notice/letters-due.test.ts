import { describe, expect, it } from 'vitest';
import { anOrigin, driver, keeper, lawOf, officer, plate, system, Walk } from '../../testing/case-walk.ts';
import { lettersDue } from './letters-due.ts';

const KEEPER = plate('keeper');
const DRIVER = plate('driver');

/** The letters of each step of a walk, as `state: kind to whom`. */
function lettersOf(walk: Walk): readonly string[] {
  const names = new Map([
    [KEEPER, 'keeper'],
    [DRIVER, 'driver'],
  ]);
  return walk.files.flatMap(({ before, after, transition }) =>
    lettersDue(before, after, transition, walk.around.track).map(
      ({ kind, account }) => `${transition.to}: ${kind} to ${names.get(account) ?? account}`,
    ),
  );
}

const confirmed = (law = 'cn') =>
  new Walk(anOrigin(), lawOf(law))
    .do('assign', officer('li'), '2026-03-03T02:00:00Z', 'taken')
    .do('confirm', officer('li'), '2026-03-03T02:05:00Z', 'seen-in-evidence');

const noticed = (law = 'cn') =>
  confirmed(law)
    .do('notify-keeper', system, '2026-03-04T02:00:00Z', 'letter-delivered')
    .do('name-driver', keeper(KEEPER), '2026-03-05T02:00:00Z', 'keeper-names-driver', { driver: DRIVER })
    .do('notify-driver', system, '2026-03-06T02:00:00Z', 'letter-delivered');

describe('the letters of a case', () => {
  it('ask the keeper, tell the driver, and tell of the points when nobody objects', () => {
    expect(lettersOf(noticed().pass('2026-06-01T00:00:00Z'))).toEqual([
      'confirmed: identification-request to keeper',
      'identified: opening to driver',
      'posted: posting to driver',
    ]);
  });

  it('acknowledge an objection, and give the decision with what follows from it', () => {
    const walk = noticed()
      .do('appeal', driver(DRIVER), '2026-03-09T02:00:00Z', 'disputes-facts')
      .do('assign', officer('wu'), '2026-03-10T02:00:00Z', 'taken')
      .do('dismiss', officer('wu'), '2026-03-10T02:05:00Z', 'facts-stand', { note: 'Seen.' });
    expect(lettersOf(walk).slice(2)).toEqual([
      'appealed: appeal-received to driver',
      'dismissed: decision to driver',
      'posted: posting to driver',
    ]);
  });

  it('say once, not twice, that an objection was right', () => {
    const walk = noticed()
      .do('appeal', driver(DRIVER), '2026-03-09T02:00:00Z', 'disputes-facts')
      .do('assign', officer('wu'), '2026-03-10T02:00:00Z', 'taken')
      .do('uphold', officer('wu'), '2026-03-10T02:05:00Z', 'view-obstructed', { note: 'A bus.' });
    expect(lettersOf(walk).slice(3)).toEqual(['upheld: decision to driver']);
  });

  it('tell nobody of a case that nobody was told of', () => {
    const walk = new Walk(anOrigin(), lawOf('cn'))
      .do('assign', officer('li'), '2026-03-03T02:00:00Z', 'taken')
      .do('reject', officer('li'), '2026-03-03T02:05:00Z', 'no-infraction-seen');
    expect(lettersOf(walk)).toEqual([]);
  });

  it('tell both keeper and driver that it is over, where both were told that it was begun', () => {
    const walk = noticed().do('release', officer('wu'), '2026-03-09T02:00:00Z', 'withdrawn-by-authority');
    expect(lettersOf(walk).slice(2)).toEqual(['released: release to keeper', 'released: release to driver']);
  });

  it('are not sent again of themselves where one came back', () => {
    const walk = noticed().do('fail-delivery', system, '2026-03-07T02:00:00Z', 'letter-returned');
    expect(walk.file.state).toBe('identified');
    expect(lettersOf(walk)).toHaveLength(2);
  });
});
