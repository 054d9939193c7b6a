/**
 * The crosswalk lies from x = −6 to 6 and y = −2 to 2, the stop line at y = −4; cars drive up (towards +y), 4.6 m long.
 * At 8 m/s from y = −30 a car's front passes the line after (30 − 4 − 2.3) / 8 = 2.9625 s, and is on the crosswalk at 3.2125 s.
 */
import { describe, expect, it } from 'vitest';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { RuleId } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, Finding } from '@wayside/contracts/verdict';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import {
  car,
  drives,
  filmed,
  judgeFrames,
  judgeScene,
  sceneSite,
  walker,
  type Actor,
  type SceneSettings,
} from './testing/scenes.ts';
import { testSite } from './testing/street.ts';

const cn = shippedProfile('cn');
const uk = shippedProfile('uk');
const us = shippedProfile('us-uvc');
const de = shippedProfile('de');

const withApproach = (of: Partial<Site['approaches'][number]>): Site =>
  sceneSite({
    devices: ['cam-1', 'controller'],
    approaches: [{ ...(testSite().approaches[0] as Site['approaches'][number]), ...of }],
  });
const signalled = withApproach({
  stopLine: [
    [0, -4],
    [3.5, -4],
  ],
  signal: { group: 'up' },
});

function finding(
  rule: RuleId,
  actors: readonly Actor[],
  over: Partial<SceneSettings> = {},
): Finding | undefined {
  const verdicts = judgeScene(actors, { profile: cn, site: signalled, ...over });
  const verdict: EncounterVerdict | undefined = verdicts.find(({ vehicle }) => vehicle.track === 'car');
  return verdict?.findings.find((one) => one.rule === rule);
}

const redFrom = (second: number, over: object = {}) => ({
  shows: [
    [-100, 'green'],
    [second - 3, 'amber'],
    [second, 'red'],
    [second + 30, 'green'],
  ] as const,
  ...over,
});
const red = (actors: readonly Actor[], over: Partial<SceneSettings> = {}): Finding | undefined =>
  finding('red-light', actors, over);

describe('a driver who passes the stop line on red', () => {
  const found = red([car({})], { signal: redFrom(1) });

  it('is told how long it had been red, how well that is known, and how fast it was', () => {
    expect(found).toMatchObject({ outcome: 'infraction', reason: 'passed-red', points: 6 });
    expect(found?.measures.redSeconds).toBeCloseTo(1.96, 1);
    expect(found?.measures.lineSpeedMps).toBeCloseTo(8, 1);
    // 2 · 0.1 m / 8 m/s, and what the clocks may be apart: 250 ms for a camera that names no bound, 20 ms.
    expect(found?.measures.redUncertaintySeconds).toBeCloseTo(0.025 + 0.27, 2);
    expect(found?.explanation).toContain('Passed the stop line 2.0 s after red began at 29 km/h');
  });

  it('is not accused within the grace of the law and what the measurement may be off', () => {
    const clock = { state: 'synchronised', maxErrorMs: 20 } as const;
    // 0.5 s are granted, and 0.065 s taken off: what was measured must exceed 0.565 s.
    expect(red([car({})], { signal: redFrom(2.43), clock })).toMatchObject({
      outcome: 'clear',
      reason: 'within-grace',
      points: 0,
    });
    expect(red([car({})], { signal: redFrom(2.37), clock })?.outcome).toBe('infraction');
  });

  it('is judged in the same way however the controller cuts up what it says', () => {
    for (const pieceSeconds of [0.5, 3, 60])
      expect(red([car({})], { signal: redFrom(1, { pieceSeconds }) })).toEqual(found);
  });

  it('is in no question on green, on amber, with the signal off, or where the profile does not ask', () => {
    for (const state of ['green', 'amber', 'flashing', 'dark'] as const)
      expect(red([car({})], { signal: { shows: [[0, state]] } })).toBeUndefined();
    const unasked = structuredClone(cn);
    delete unasked.road.redLight;
    expect(red([car({})], { signal: redFrom(1), profile: unasked })).toBeUndefined();
    expect(red([car({})], { signal: redFrom(1), site: sceneSite() })).toBeUndefined();
  });

  it('with blue lights has done nothing wrong', () => {
    expect(red([car({ emergency: true })], { signal: redFrom(1) })).toMatchObject({
      outcome: 'clear',
      reason: 'emergency-vehicle',
    });
  });

  it('has two points in Germany after more than a second, one before', () => {
    expect(red([car({})], { signal: redFrom(1), profile: de })?.points).toBe(2);
    expect(red([car({})], { signal: redFrom(1.8), profile: de })?.points).toBe(1);
  });

  it('has evidence of what was shown, and of who said it', () => {
    const settings = { profile: cn, site: signalled, signal: redFrom(1) };
    const [effect] = judgeFrames(filmed([car({})], settings), settings);
    expect(effect?.signal).toMatchObject({
      group: 'up',
      devices: ['controller'],
      state: ['green', 'amber', 'red'],
    });
    expect(effect?.messages.some((id) => id.startsWith('controller/'))).toBe(true);
    expect(effect?.verdict.moments.lineMs).toBeDefined();
    expect(effect?.verdict.moments.approachMs).toBeLessThanOrEqual(effect?.verdict.moments.entryMs ?? 0);
  });
});

describe('where it is not known what the signal showed', () => {
  it('nobody is accused: no controller, a gap in what it said, one that spoke of another group', () => {
    const gap = redFrom(1, { lost: (second: number) => second === 2 || second === 3 });
    const other = redFrom(1, { group: 'down' });
    for (const signal of [undefined, gap, other])
      expect(red([car({})], signal ? { signal } : {})).toMatchObject({
        outcome: 'undecided',
        reason: 'signal-unknown',
        points: 0,
      });
  });

  it('nobody is accused by clocks that are not trusted', () => {
    const adrift = { clock: { state: 'unsynchronised' } } as const;
    const loose = { clock: { state: 'holdover', maxErrorMs: 900 } } as const;
    for (const over of [
      { signal: redFrom(1, adrift) },
      { signal: redFrom(1, loose) },
      { signal: redFrom(1), ...adrift },
      { signal: redFrom(1), ...loose },
    ])
      expect(red([car({})], over)).toMatchObject({ outcome: 'undecided', reason: 'clock-not-trusted' });
  });

  it('a red begun before anything is known counts from where it is known', () => {
    const signal = redFrom(-60, { lost: (second: number) => second < 0 });
    const found = red([car({})], { signal: { ...signal, shows: [[-60, 'red']] } });
    expect(found?.outcome).toBe('infraction');
    expect(found?.explanation).toContain('at least 3.0 s after red began');
  });

  it('a line passed as red may have ended is a close call', () => {
    const signal = {
      shows: [
        [-30, 'red'],
        [3.05, 'green'],
      ],
    } as const;
    expect(red([car({})], { signal })).toMatchObject({ outcome: 'undecided', reason: 'close-call' });
  });
});

describe('a driver who stops past the line', () => {
  const nose = car({ at: drives(1.75, [0, -30], [3, -6], [9, -6], [11, 6], [13, 20]) });

  it('by less than two metres has stopped at it, and goes on when red is over', () => {
    const signal = {
      shows: [
        [-1, 'red'],
        [9, 'green'],
      ],
    } as const;
    for (const profile of [cn, uk])
      expect(red([nose], { signal, profile })).toMatchObject({
        outcome: 'clear',
        reason: 'stopped-past-line',
      });
  });

  it('but short of the crosswalk has not run the light in China; in the UK the line itself is what counts', () => {
    // Front at y = −2.1 from 3 s to 9 s; the line is at −5 here, so that it is nearly 3 m past it.
    const site = withApproach({
      stopLine: [
        [0, -5],
        [3.5, -5],
      ],
      signal: { group: 'up' },
    });
    const waits = car({ at: drives(1.75, [0, -30], [3.2, -4.4], [9, -4.4], [11, 6], [13, 20]) });
    const signal = {
      shows: [
        [-1, 'red'],
        [9, 'green'],
      ],
    } as const;
    expect(red([waits], { site, signal })).toMatchObject({ outcome: 'clear', reason: 'stopped-past-line' });
    expect(red([waits], { site, signal, profile: uk })).toMatchObject({ outcome: 'infraction', points: 3 });
  });
});

describe('a turn on red to the near side', () => {
  /** Over the line and round to the right (towards +x), at 4 m/s; or after a stop at the line. */
  const round = (second: number): readonly [number, number] => {
    const way = 4 * second - 24;
    if (way < 0) return [1.75, way];
    const angle = Math.min(Math.PI / 2, way / 6);
    const on = Math.max(0, way - 3 * Math.PI);
    return [1.75 + 6 * (1 - Math.cos(angle)) + on, 6 * Math.sin(angle)];
  };
  const stops = (second: number): readonly [number, number] =>
    round(second < 4.2 ? second : Math.max(4.2, second - 3));
  const turning = car({ at: round });
  const stopping = car({ at: stops });
  const signal = { shows: [[-5, 'red']] } as const;

  it('is allowed in China to who hinders nobody', () => {
    expect(red([turning], { signal })).toMatchObject({ outcome: 'clear', reason: 'turned-on-red' });
  });

  it('is allowed after a stop under the Uniform Vehicle Code, and in Germany where the plate stands', () => {
    const plate = withApproach({
      stopLine: [
        [0, -4],
        [3.5, -4],
      ],
      signal: { group: 'up', greenArrow: true },
    });
    expect(red([turning], { signal, profile: us })?.outcome).toBe('infraction');
    expect(red([stopping], { signal, profile: us })).toMatchObject({ reason: 'turned-on-red' });
    expect(red([stopping], { signal, profile: de })?.outcome).toBe('infraction');
    expect(red([stopping], { signal, profile: de, site: plate })).toMatchObject({ reason: 'turned-on-red' });
    expect(red([turning], { signal, profile: de, site: plate })?.outcome).toBe('infraction');
  });

  it('that cut somebody short is left to a person; nobody is accused of both', () => {
    const cut = walker({ from: -8, since: -0.5, y: 0.2 });
    const found = red([turning, cut], { signal });
    expect(found?.outcome).not.toBe('infraction');
  });

  it('is not told from going on where the track ends', () => {
    const broken = car({ at: (second) => (second > 5.6 ? undefined : round(second)) });
    expect(red([broken], { signal, profile: cn })).toMatchObject({
      outcome: 'undecided',
      reason: 'turn-unclear',
    });
  });
});

describe('not giving way where a signal governs the crosswalk', () => {
  const crossing = [car({}), walker({ since: -1.03 })];
  const yielding = (over: Partial<SceneSettings>): Finding | undefined =>
    finding('fail-to-yield', crossing, over);

  it('is no accusation against who had the green, and stands against who had red', () => {
    expect(yielding({ site: sceneSite() })?.outcome).toBe('infraction');
    expect(yielding({ signal: { shows: [[-5, 'green']] } })).toMatchObject({
      outcome: 'undecided',
      reason: 'had-the-green',
      points: 0,
    });
    expect(yielding({ signal: { shows: [[-5, 'red']] } })?.outcome).toBe('infraction');
    expect(yielding({})).toMatchObject({ outcome: 'undecided', reason: 'signal-unknown' });
  });
});

describe('a driver who comes too fast', () => {
  const limited = withApproach({ speedLimitMps: 30 / 3.6 });
  const fast = (
    kmh: number,
    over: Partial<SceneSettings> = {},
    of: Partial<Actor> = {},
  ): Finding | undefined =>
    finding('speeding', [{ ...car({ from: -42, speedMps: kmh / 3.6 }), ...of }], { site: limited, ...over });

  it('has the uncertainty of the measurement taken off, and what the law tolerates', () => {
    const found = fast(45);
    expect(found).toMatchObject({ outcome: 'infraction', reason: 'exceeded-limit', points: 3 });
    const { speedMps = 0, speedUncertaintyMps = 0, deductedMps = 0, limitMps } = found?.measures ?? {};
    expect(speedMps).toBeCloseTo(12.5, 1);
    expect(limitMps).toBeCloseTo(8.33, 2);
    // Two places known to 0.1 m and, 30 m off, to 0.2 m and more, 27 m or 2.1 s apart.
    expect(speedUncertaintyMps).toBeGreaterThan(0.1);
    expect(speedUncertaintyMps).toBeLessThan(0.2);
    expect(deductedMps).toBeCloseTo(3 * speedUncertaintyMps, 1);
  });

  it.each([
    // km/h measured, limit 30: what cn, de, uk make of it
    [35, 0, 0, undefined],
    [40, 3, 0, 3],
    [50, 6, 0, 3],
    [57, 6, 1, 3],
    [70, 6, 2, 3],
  ])('at %i km/h takes %s points in China, %s in Germany, %s in the UK', (kmh, china, germany, britain) => {
    const points = (profile: LawProfile): number | undefined => {
      const found = fast(kmh, { profile });
      return found?.outcome === 'infraction' ? found.points : undefined;
    };
    expect([points(cn), points(de), points(uk)]).toEqual([china, germany, britain]);
  });

  it('by no more than may be mis-measured is in no question', () => {
    expect(fast(30.5)).toBeUndefined();
    expect(fast(30)).toBeUndefined();
    expect(fast(45, { site: sceneSite() })).toBeUndefined();
  });

  it('is clear within the tolerance, and with blue lights', () => {
    expect(fast(34.5, { profile: uk })).toMatchObject({
      outcome: 'clear',
      reason: 'within-tolerance',
      points: 0,
    });
    expect(fast(45, {}, { emergency: true })).toMatchObject({
      outcome: 'clear',
      reason: 'emergency-vehicle',
    });
  });

  it('is not accused by a camera that contradicts itself, or that is not sure of places', () => {
    expect(fast(45, {}, { speedMps: 8 })).toMatchObject({
      outcome: 'undecided',
      reason: 'positions-too-uncertain',
    });
    expect(fast(45, { site: { ...limited, positionSigmaMetres: 1.5 } })).toBeUndefined();
  });

  it('is not measured over less of the approach than tells anything', () => {
    expect(finding('speeding', [car({ from: -14, speedMps: 20 })], { site: limited })).toBeUndefined();
  });
});
