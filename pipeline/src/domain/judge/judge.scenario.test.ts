/**
 * The crosswalk lies from x = −6 to 6 and y = −2 to 2; cars drive up (towards +y) in the right half, 4.6 m long and
 * 1.8 m wide; people walk along x. Numbers in comments are worked by hand from that.
 */
import { describe, expect, it } from 'vitest';
import type { EncounterVerdict, Finding } from '@wayside/contracts/verdict';
import type { RuleId } from '@wayside/contracts/law-profile';
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

const cn = shippedProfile('cn');
const uk = shippedProfile('uk');

const findingOf = (verdict: EncounterVerdict | undefined, rule: RuleId): Finding | undefined =>
  verdict?.findings.find((finding) => finding.rule === rule);

const judged = (
  actors: readonly Actor[],
  over: Partial<SceneSettings> = {},
): EncounterVerdict | undefined => {
  const verdicts = judgeScene(actors, { profile: cn, ...over });
  return verdicts.find(({ vehicle }) => vehicle.track === 'car');
};

/**
 * At 8 m/s from y = −30 the car touches a body at (·, 0) from 3.425 s to 4.075 s. The walker sets out at x = −8, is on the
 * crosswalk (its body at x = −6) at 0.19 s, and at the car's side (1.75 − 0.9 − 0.3 = 0.55) at 5.08 s.
 */
const wayTaken = [car({}), walker({ since: -1.03 })];

/** From x = −1 to 1. Who waits at its edge sets out so as to be at the car's side (3.2 − 0.9 − 0.3 = 2) at 4.3 s, behind it. */
const ISLAND: [number, number][] = [
  [-1, -2],
  [1, -2],
  [1, 2],
  [-1, 2],
];

describe('somebody who waits on a refuge island until the car is there', () => {
  const site = sceneSite({ islands: [ISLAND], positionSigmaMetres: 0.15 });
  const waits = (edgeMetres: number) => walker({ from: 1 + edgeMetres, since: 4.3 - (1 - edgeMetres) / 1.4 });
  const accused = (edgeMetres: number) =>
    findingOf(judged([car({ x: 3.2 }), waits(edgeMetres)], { site }), 'fail-to-yield');

  it('was not owed the way from the island', () => {
    expect(accused(-0.45)?.outcome).toBe('clear');
  });

  it('accuses nobody where a position may be off by as much as it is off the island', () => {
    expect(accused(0.15)).toMatchObject({ outcome: 'undecided', reason: 'positions-too-uncertain' });
    expect(accused(0.15)?.explanation).toMatch(/may have been waiting at the edge/);
  });

  it('was owed it a step into the road', () => {
    expect(accused(0.7)?.outcome).toBe('infraction');
  });
});

describe('a driver who goes ahead of a pedestrian on the crosswalk', () => {
  const verdict = judged(wayTaken);
  const finding = findingOf(verdict, 'fail-to-yield');

  it('did not give way, and three points are due in China', () => {
    expect(verdict?.outcome).toBe('infraction');
    expect(finding).toMatchObject({
      outcome: 'infraction',
      reason: 'went-ahead-of-pedestrian',
      points: 3,
      pedestrianTracks: ['walker'],
    });
  });

  it('is told what was measured', () => {
    const { measures } = finding ?? {};
    expect(measures?.firstThrough).toBe('vehicle');
    // The rear is level with a body that just touches the side when the car's centre is 2.3 m on, at 4.04 s.
    expect(measures?.petSeconds).toBeCloseTo(5.08 - 4.04, 1);
    expect(measures?.entrySpeedMps).toBeCloseTo(8, 1);
    expect(measures?.minSpeedMps).toBeCloseTo(8, 1);
    expect(measures?.pedestrianSpeedMps).toBeCloseTo(1.4, 1);
    expect(measures?.framesPerSecond).toBeCloseTo(10, 1);
    // Owed from 0.19 s: (3.425 − 0.19) × 8 = 25.9 m, less 0.5 m to spare, less 8 m of reaction.
    expect(measures?.requiredDecelerationMps2).toBeCloseTo((8 * 8) / (2 * (25.9 - 0.5 - 8)), 1);
  });

  it('is told it in words, with the thresholds', () => {
    expect(finding?.explanation).toMatch(/Passed 1\.0 s ahead of pedestrian walker/);
    expect(finding?.explanation).toMatch(/at 29 km\/h and never slower than 29 km\/h/);
    expect(finding?.explanation).toMatch(/less than 1\.5 s is clearly ahead/);
    expect(finding?.explanation).toMatch(/could have stopped with 1\.8 m\/s²/);
  });

  it('is shown three moments: the approach, the entry, the exit', () => {
    const { approachMs = 0, entryMs = 0, exitMs = 0 } = verdict?.moments ?? {};
    const start = verdict?.window.fromMs ?? 0;
    // Owed from 0.19 s; the front is on the crosswalk at 3.2125 s, the rear off it at 4.2875 s: the next frames.
    expect([approachMs - start, entryMs - start, exitMs - start]).toEqual([200, 3300, 4300]);
    expect(verdict?.occurredAtMs).toBe(entryMs);
  });
});

describe('a driver who need not be blamed', () => {
  it('gave way: it stopped before the crosswalk until the pedestrian was through', () => {
    const waiting = car({ at: drives(1.75, [0, -30], [3, -10], [5, -6], [11, -6], [14, 10], [15, 18]) });
    expect(findingOf(judged([waiting, walker({ from: -6, since: 1 })]), 'fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'gave-way',
      points: 0,
    });
  });

  it('could not have stopped: the pedestrian stepped out from the kerb just before', () => {
    // On the crosswalk (body at its edge, x = 6.3) only at 2.7 s, when the car is 5.8 m from the way.
    const sudden = walker({ from: 6.6, to: -8, since: 2.5, speedMps: 1.8 });
    expect(findingOf(judged([car({}), sudden]), 'fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'could-not-have-stopped',
    });
  });

  it('had no conflict with somebody who comes long after', () => {
    expect(findingOf(judged([car({}), walker({ from: -6, since: 6 })]), 'fail-to-yield')?.outcome).toBe(
      'clear',
    );
  });

  it('owed nothing to somebody who crosses beside the crosswalk', () => {
    const jaywalker = walker({ from: -6, since: 0.9, y: 8 });
    expect(findingOf(judged([car({}), jaywalker]), 'fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'pedestrian-not-owed',
    });
  });

  it('drove an ambulance with its lights on', () => {
    const ambulance = [car({ emergency: true }), ...wayTaken.slice(1)];
    expect(findingOf(judged(ambulance), 'fail-to-yield')).toMatchObject({
      outcome: 'clear',
      reason: 'emergency-vehicle',
    });
  });

  it('met nobody: then there is no verdict at all', () => {
    expect(judged([car({})])).toBeUndefined();
    expect(judged([car({}), walker({ from: -40, to: -30, y: 30 })])).toBeUndefined();
  });

  it('rode a bicycle, which no profile gives points for', () => {
    expect(judged([car({ kind: 'bicycle' }), ...wayTaken.slice(1)])).toBeUndefined();
  });
});

describe('evidence too thin to accuse anybody', () => {
  const reasonOf = (actors: readonly Actor[], over: Partial<SceneSettings> = {}): readonly unknown[] => {
    const finding = findingOf(judged(actors, over), 'fail-to-yield');
    return [finding?.outcome, finding?.reason, finding?.points];
  };

  it('is a recording of fewer frames than the law asks for', () => {
    expect(reasonOf(wayTaken, { framesPerSecond: 4 })).toEqual(['undecided', 'frame-rate-too-low', 0]);
  });

  it('is a clock of a street camera that nobody set', () => {
    const site = sceneSite({ origin: 'camera' });
    expect(reasonOf(wayTaken, { site, clock: { state: 'unsynchronised' } })).toEqual([
      'undecided',
      'clock-not-trusted',
      0,
    ]);
    expect(reasonOf(wayTaken, { clock: { state: 'holdover', maxErrorMs: 20_000 } })[1]).toBe(
      'clock-not-trusted',
    );
  });

  it('is a calibration that is off by a metre', () => {
    const site = sceneSite({ positionSigmaMetres: 1 });
    expect(reasonOf(wayTaken, { site })).toEqual(['undecided', 'positions-too-uncertain', 0]);
  });

  it('is a track with a hole while it matters', () => {
    const hidden = car({
      at: (second) => (second > 2.4 && second < 3.3 ? undefined : [1.75, -30 + 8 * second]),
    });
    expect(reasonOf([hidden, ...wayTaken.slice(1)])).toEqual(['undecided', 'track-broken', 0]);
  });

  it('is a vehicle that was first seen a moment before', () => {
    const late = car({ at: (second) => (second < 3 ? undefined : [1.75, -30 + 8 * second]) });
    expect(reasonOf([late, ...wayTaken.slice(1)])).toEqual(['undecided', 'track-too-short', 0]);
  });

  it('is a vehicle that crept ahead at walking pace', () => {
    // 1.2 m/s: over (·, 0) until y = 2.6, at 10.5 s; the walker, on the crosswalk since 2 s, is there at 11.5 s.
    const creeping = car({ from: -10, speedMps: 1.2 });
    expect(reasonOf([creeping, walker({ from: -6, since: 2, speedMps: 0.69 })])).toEqual([
      'undecided',
      'close-call',
      0,
    ]);
  });

  it('is a recording that stops as the car comes to the crosswalk', () => {
    expect(reasonOf(wayTaken, { seconds: 3 })).toEqual(['undecided', 'recording-ended', 0]);
  });

  it('is two bodies in one place', () => {
    expect(reasonOf([car({}), walker({ from: -6, since: -1 })])[1]).toBe('positions-too-uncertain');
  });
});

describe('one encounter', () => {
  it('is one verdict that names all its pedestrians, whom it hangs on first', () => {
    const others = [
      walker({ track: 'behind', from: -7, since: 0.4, y: 1 }),
      walker({ track: 'child', from: -5.8, since: 0.4, y: -1 }),
    ];
    const verdicts = judgeScene([...wayTaken, ...others], { profile: cn });
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]?.pedestrianTracks.toSorted()).toEqual(['behind', 'child', 'walker']);
    expect(verdicts[0]?.findings[0]?.pedestrianTracks).toEqual(['child', 'walker']);
  });

  it('has the paths of the vehicle and its pedestrians, and the messages they came in, as evidence', () => {
    const [effect] = judgeFrames(filmed(wayTaken, { profile: cn }), { profile: cn });
    expect(effect?.tracks.map(({ track, kind }) => [track, kind])).toEqual([
      ['car', 'car'],
      ['walker', 'pedestrian'],
    ]);
    expect(effect?.messages[0]).toBe('cam-1/boot-1/1');
    expect(effect?.tracks[0]?.dtMs.length).toBe(effect?.tracks[0]?.xCm.length);
  });

  it('names no account where two plates were read', () => {
    const plate = (end: string): `plate_${string}` => `plate_${'A'.repeat(42)}${end}`;
    const frames = filmed(wayTaken, { profile: cn });
    const plated = (pick: (i: number) => string) =>
      frames.map((frame, i) => ({
        ...frame,
        objects: frame.objects.map((one) => (one.kind === 'car' ? { ...one, plate: plate(pick(i)) } : one)),
      }));
    const plateOf = (of: typeof frames): unknown =>
      judgeFrames(of, { profile: cn })[0]?.verdict.vehicle.plate;
    expect(plateOf(plated(() => 'A'))).toBe(plate('A'));
    expect(plateOf(plated((i) => (i < 30 ? 'A' : 'B')))).toBeUndefined();
  });
});

describe('where the way is owed', () => {
  /** Walks on the far half of the road and stops on the crosswalk there, 4 m from the car's middle. */
  const farSide = walker({ from: -6, to: -2.4, since: 1 });

  it('is not the far half of the road in China, but the whole crossing in the UK', () => {
    expect(findingOf(judged([car({}), farSide]), 'fail-to-yield')?.outcome).toBe('clear');
    expect(findingOf(judged([car({}), farSide], { profile: uk }), 'fail-to-yield')).toMatchObject({
      outcome: 'undecided',
      reason: 'pedestrian-intent-unclear',
    });
  });

  it('is two crossings where there is a refuge island', () => {
    const island: [number, number][] = [
      [-1, -2],
      [0, -2],
      [0, 2],
      [-1, 2],
    ];
    const site = sceneSite({ islands: [island] });
    expect(findingOf(judged([car({}), farSide], { profile: uk, site }), 'fail-to-yield')?.outcome).toBe(
      'clear',
    );
    // On the car's own side of the island all the same rules hold: at its side (2.95 m) at 5.08 s, from 6 m at 0.7 m/s.
    const thisSide = [car({}), walker({ from: 6, to: -8, since: 0.72, speedMps: 0.7 })];
    expect(findingOf(judged(thisSide, { profile: uk, site }), 'fail-to-yield')?.outcome).toBe('infraction');
    expect(findingOf(judged(wayTaken, { profile: uk }), 'fail-to-yield')?.outcome).toBe('infraction');
    expect(findingOf(judged(wayTaken, { profile: uk, site }), 'fail-to-yield')?.outcome).toBe('clear');
  });
});

describe('a vehicle that stands on the crosswalk', () => {
  const stands = car({ at: drives(1.75, [0, -30], [4, 0], [12, 0], [15, 24]) });
  const bystander = walker({ from: -8, to: -7.5 });

  it('stood there without need: recorded, with no points in China', () => {
    const finding = findingOf(judged([stands, bystander]), 'stop-on-crosswalk');
    expect(finding).toMatchObject({ outcome: 'infraction', reason: 'stood-on-crosswalk', points: 0 });
    expect(finding?.measures.stoppedSeconds).toBeGreaterThan(7);
  });

  it('stood there because somebody was in front of it', () => {
    const inFront = walker({ from: 1.5, to: 2.5, since: 3, speedMps: 0.1, y: 3.5 });
    expect(findingOf(judged([stands, inFront]), 'stop-on-crosswalk')).toMatchObject({
      outcome: 'clear',
      reason: 'stopped-for-pedestrian',
    });
  });

  it('is parked there', () => {
    expect(findingOf(judged([car({ at: () => [5, 0] }), bystander]), 'stop-on-crosswalk')).toMatchObject({
      outcome: 'clear',
      reason: 'parked',
    });
  });

  it('was never seen to come there', () => {
    const leaving = car({ at: drives(1.75, [0, 0], [8, 0], [11, 24]) });
    expect(findingOf(judged([leaving, bystander]), 'stop-on-crosswalk')).toMatchObject({
      outcome: 'undecided',
      reason: 'track-too-short',
    });
  });
});

describe('overtaking at the crosswalk', () => {
  const stopped = car({ track: 'stopped', x: 1.75, at: drives(1.75, [0, -20], [2, -5], [10, -5], [13, 20]) });
  const passing = car({ x: -1.5, from: -45, speedMps: 8 });
  const crossing = walker({ from: 5, to: -8, since: 2.4, speedMps: 0.8 });

  it('passes a vehicle that stands for a pedestrian', () => {
    const finding = findingOf(judged([stopped, passing, crossing]), 'overtake-at-crosswalk');
    expect(finding).toMatchObject({ outcome: 'infraction', reason: 'overtook-stopped-vehicle', points: 3 });
    expect(finding?.pedestrianTracks).toEqual(['walker']);
    expect(finding?.explanation).toMatch(/Passed vehicle stopped, which stood before the crosswalk/);
  });

  it('keeps the path of the vehicle that stood as evidence', () => {
    const effects = judgeFrames(filmed([stopped, passing, crossing], { profile: cn }), { profile: cn });
    const effect = effects.find(({ verdict }) => verdict.vehicle.track === 'car');
    expect(effect?.tracks.map(({ track }) => track)).toContain('stopped');
  });

  it('is not in question beside a parked car, or where nobody is in front of it', () => {
    const parked = car({ track: 'parked', at: () => [1.75, -5] });
    expect(findingOf(judged([parked, passing, crossing]), 'overtake-at-crosswalk')).toBeUndefined();
    const elsewhere = walker({ from: -8, to: -6 });
    expect(findingOf(judged([stopped, passing, elsewhere]), 'overtake-at-crosswalk')).toBeUndefined();
  });
});
