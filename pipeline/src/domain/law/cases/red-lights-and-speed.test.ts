/** Red lights and speed under each law, as a lawyer would put the questions. Numbers and sources: pipeline/profiles. */
import { describe, expect, it } from 'vitest';
import { drivesAt, drivesOn, limit50, redSince, withSignal } from '../../../testing/crossings.ts';
import { town } from '../../../testing/town.ts';

const noon = '2026-11-24T12:00:00Z';
const TOWNS = ['cn', 'uk', 'de', 'fr', 'it', 'us-uvc'] as const;
const towns = new Map(TOWNS.map((id) => [id, town(id)]));
const at = (id: (typeof TOWNS)[number]) => towns.get(id) ?? town(id);

describe('a driver who passes the stop line and drives over the crosswalk', () => {
  it.each([
    // after 2 s of red; what it takes
    ['cn', 6],
    ['uk', 3],
    ['de', 2],
    ['fr', 4],
    ['it', 6],
    ['us-uvc', 0],
  ] as const)('two seconds after red began, under %s, has %i points held', (id, points) => {
    const seen = at(id).watches(noon, drivesOn, withSignal, redSince(0.96));
    expect(seen.found('red-light')).toMatchObject({ outcome: 'infraction', reason: 'passed-red', points });
    expect(at(id).opens(seen, 'red-light').file.points).toBe(points);
  });

  it('in Germany within the first second of red has one point, after it two', () => {
    const early = at('de').watches(noon, drivesOn, withSignal, redSince(2.1));
    const late = at('de').watches(noon, drivesOn, withSignal, redSince(1.7));
    expect([early, late].map((seen) => seen.found('red-light')?.points)).toEqual([1, 2]);
  });

  it('as red begins is not held to have seen it: half a second is granted everywhere', () => {
    for (const id of TOWNS)
      expect(at(id).watches(noon, drivesOn, withSignal, redSince(2.6)).found('red-light')).toMatchObject({
        outcome: 'clear',
        reason: 'within-grace',
      });
  });

  it('on amber has done nothing that is asked about', () => {
    for (const id of TOWNS)
      expect(at(id).watches(noon, drivesOn, withSignal, redSince(4)).found('red-light')).toBeUndefined();
  });

  it('where the controller’s word is missing is accused of nothing', () => {
    for (const id of TOWNS)
      expect(at(id).watches(noon, drivesOn, withSignal).found('red-light')).toMatchObject({
        outcome: 'undecided',
        reason: 'signal-unknown',
      });
  });
});

describe('a driver where 50 km/h are allowed', () => {
  it.each([
    // km/h driven: points under cn, uk, de, fr, it, us-uvc; null: not accused
    [50, [null, null, null, null, null, null]],
    [54, [null, null, null, null, null, 0]],
    [58, [0, null, 0, 0, 0, 0]],
    [65, [3, 3, 0, 1, 0, 0]],
    [80, [6, 3, 1, 2, 3, 0]],
    [90, [6, 3, 2, 3, 3, 0]],
  ])('who drives %i km/h', (kmh, expected) => {
    const points = TOWNS.map((id) => {
      const found = at(id).watches(noon, drivesAt(kmh), limit50).found('speeding');
      return found?.outcome === 'infraction' ? found.points : null;
    });
    expect(points).toEqual(expected);
  });

  it('is told what was measured, how surely, and what was deducted', () => {
    const found = at('de').watches(noon, drivesAt(80), limit50).found('speeding');
    expect(found?.explanation).toMatch(
      /^Came at 80 km\/h where 50 km\/h is the limit, measured over \d+\.\d m in \d\.\d s \(standard uncertainty \d\.\d km\/h\); after \d\.\d km\/h are deducted in the driver's favour it was \d+\.\d km\/h too fast\.$/,
    );
  });
});
