import fc from 'fast-check';
import type { EvidenceBody } from '@wayside/contracts/infraction';
import { describe, expect, it } from 'vitest';
import { conflictOf } from './conflict.ts';
import { reducePlayer, startPlayer, type PlayerAction } from './player.ts';
import { objectAt, pathFrom, pathUntil, readRecording } from './recording.ts';
import { signalAt } from './signal.ts';

/** A car along x at 5 m/s through the origin at 2 s; a pedestrian along y at 1 m/s through it at 4 s. */
const steps = Array.from({ length: 61 }, (_, i) => i * 100);
const body = {
  verdict: { kind: 'encounter', vehicle: { track: '1' }, moments: { entryMs: 11_000 } },
  finding: { pedestrianTracks: ['1', '2'] },
  tracks: [
    {
      track: '1',
      kind: 'car',
      startMs: 10_000,
      dtMs: steps,
      xCm: steps.map((ms) => ms / 2 - 1000),
      yCm: steps.map(() => 0),
      lengthCm: 400,
      widthCm: 200,
    },
    {
      track: '1',
      kind: 'pedestrian',
      startMs: 10_000,
      dtMs: steps,
      xCm: steps.map(() => 0),
      yCm: steps.map((ms) => ms / 10 - 400),
    },
  ],
} as unknown as EvidenceBody;
const recording = readRecording(body);
if (!recording) throw new Error('the recording of this test cannot be read');

describe('a recording', () => {
  it('knows the vehicle and the decisive pedestrian apart though both are number 1', () => {
    expect(recording.vehicle?.key).toBe('vehicle/1');
    expect(recording.decisive?.key).toBe('pedestrian/1');
  });

  it('finds an object between two pictures, with heading and speed from its motion where none were measured', () => {
    const car = recording.vehicle && objectAt(recording.vehicle, 10_050);
    expect(car).toMatchObject({ x: -9.75, y: 0, heading: 0, length: 4 });
    expect(recording.vehicle?.points[30]?.speedMps).toBeCloseTo(5);
  });

  it('shows nobody before they came and after they left', () => {
    const [car] = recording.tracks;
    expect(car && objectAt(car, 9_999)).toBeUndefined();
    expect(car && objectAt(car, 16_001)).toBeUndefined();
    expect(car && objectAt(car, 16_000)).toMatchObject({ x: 20 });
  });

  it('splits the path at the moment shown', () => {
    const [car] = recording.tracks;
    if (!car) throw new Error('no car');
    expect(pathUntil(car, 12_050).at(-1)).toEqual(pathFrom(car, 12_050)[0]);
    expect(pathUntil(car, 12_050).length + pathFrom(car, 12_050).length).toBe(steps.length + 2);
  });

  it('is none for a report from a train, or where no path was kept', () => {
    expect(readRecording({ ...body, tracks: [] })).toBeUndefined();
    expect(
      readRecording({ ...body, verdict: { ...body.verdict, kind: 'report' } } as EvidenceBody),
    ).toBeUndefined();
  });
});

describe('the crossing of two paths', () => {
  it('is where they meet, with the time each body was there', () => {
    const conflict = conflictOf(recording);
    expect(conflict?.at[0]).toBeCloseTo(0);
    expect(conflict?.at[1]).toBeCloseTo(0);
    // Half a car and the pedestrian's body at 5 m/s; half a car's width and the body at 1 m/s.
    expect(conflict?.vehicle.fromMs).toBeCloseTo(12_000 - (2.3 / 5) * 1000);
    expect(conflict?.vehicle.toMs).toBeCloseTo(12_000 + (2.3 / 5) * 1000);
    expect(conflict?.pedestrian.fromMs).toBeCloseTo(14_000 - 1_300);
  });

  it('is none where the paths do not meet', () => {
    expect(conflictOf({ ...recording, decisive: undefined })).toBeUndefined();
    const away = recording.decisive && {
      ...recording.decisive,
      points: recording.decisive.points.map((point) => ({ ...point, x: 500 })),
    };
    expect(conflictOf({ ...recording, decisive: away })).toBeUndefined();
  });
});

describe('the player', () => {
  const play = (...actions: readonly PlayerAction[]) =>
    actions.reduce(
      (player, action) => reducePlayer(recording, player, action),
      startPlayer(recording, false),
    );

  it('plays at the speed chosen, stops at the end, and starts over from there', () => {
    expect(play({ kind: 'toggle' }, { kind: 'speed', speed: 2 }, { kind: 'tick', elapsedMs: 500 }).atMs).toBe(
      11_000,
    );
    const ended = play({ kind: 'toggle' }, { kind: 'tick', elapsedMs: 60_000 });
    expect(ended).toMatchObject({ atMs: 16_000, playing: false });
    expect(reducePlayer(recording, ended, { kind: 'toggle' })).toMatchObject({ atMs: 10_000, playing: true });
  });

  it('steps from picture to picture and back, standing still', () => {
    const stepped = play({ kind: 'seek', atMs: 10_250 }, { kind: 'step', by: 1 });
    expect(stepped).toMatchObject({ atMs: 10_300, playing: false });
    expect(reducePlayer(recording, stepped, { kind: 'step', by: -1 }).atMs).toBe(10_200);
  });

  it('never leaves the recording, whatever is pressed', () => {
    const action: fc.Arbitrary<PlayerAction> = fc.oneof(
      fc.constant<PlayerAction>({ kind: 'toggle' }),
      fc.integer({ min: 0, max: 9_000 }).map((elapsedMs): PlayerAction => ({ kind: 'tick', elapsedMs })),
      fc.integer({ min: 0, max: 30_000 }).map((atMs): PlayerAction => ({ kind: 'seek', atMs })),
      fc.constantFrom<1 | -1>(1, -1).map((by): PlayerAction => ({ kind: 'step', by })),
    );
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        const { atMs } = play(...actions);
        expect(atMs).toBeGreaterThanOrEqual(10_000);
        expect(atMs).toBeLessThanOrEqual(16_000);
      }),
    );
  });
});

describe('the light in a replay', () => {
  const record = {
    group: 'west',
    devices: ['controller'],
    clock: null,
    fromMs: 9_000,
    toMs: 14_000,
    atMs: [9_000, 11_000, 12_500],
    state: ['green' as const, 'amber' as const, 'red' as const],
  };

  it('is what was shown last, and since when', () => {
    expect(signalAt(record, 10_999)).toEqual({ state: 'green', sinceMs: 9_000 });
    expect(signalAt(record, 11_000)).toEqual({ state: 'amber', sinceMs: 11_000 });
    expect(signalAt(record, 14_000)).toEqual({ state: 'red', sinceMs: 12_500 });
  });

  it('is nothing beyond the record', () => {
    expect(signalAt(record, 8_999)).toBeUndefined();
    expect(signalAt(record, 14_001)).toBeUndefined();
  });
});
