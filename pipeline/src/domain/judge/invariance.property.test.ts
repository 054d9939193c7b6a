import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Site } from '@wayside/contracts/site';
import type { Finding } from '@wayside/contracts/verdict';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import type { SeenFrame } from './testing/batches.ts';
import {
  car,
  filmed,
  judgeFrames,
  sceneSite,
  walker,
  type Actor,
  type SceneSettings,
} from './testing/scenes.ts';

const profiles = [shippedProfile('cn'), shippedProfile('uk')].flatMap((profile) =>
  (['lane-and-half', 'own-and-next-lane', 'half-road', 'whole-crossing'] as const).map((geometry) => ({
    ...profile,
    road: { ...profile.road, yield: { ...profile.road.yield, geometry } },
  })),
);

/** Off any round number, or a frame may fall on either side of an edge by the last bit of a sum. */
const actors: fc.Arbitrary<Actor[]> = fc
  .record({
    cars: fc.array(
      fc.record({
        x: fc.constantFrom(1, 1.5, 2.5),
        from: fc.integer({ min: -38, max: -12 }),
        speedMps: fc.constantFrom(1, 2, 5, 8, 11),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    walkers: fc.array(
      fc.record({
        ends: fc.constantFrom([-8, 8] as const, [8, -8] as const, [-6, 1] as const, [7, 2] as const),
        since: fc.integer({ min: -2, max: 8 }),
        speedMps: fc.constantFrom(0.5, 1, 1.4, 2),
        y: fc.constantFrom(-1.5, 0, 1, 2.5),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ cars, walkers }) => [
    ...cars.map((one, i) => car({ ...one, from: one.from - 0.37, track: `car-${i}` })),
    ...walkers.map(({ ends, ...one }, i) =>
      walker({ ...one, from: ends[0] + 0.13, to: ends[1] + 0.17, track: `walker-${i}` }),
    ),
  ]);

/** What a verdict says, apart from names and times. */
function said(frames: readonly SeenFrame[], settings: SceneSettings): unknown {
  return judgeFrames(frames, settings)
    .map(({ verdict }) => ({
      track: verdict.vehicle.track,
      outcome: verdict.outcome,
      findings: verdict.findings.map(
        ({ rule, outcome, reason, pedestrianTracks, points, measures }: Finding) => ({
          rule,
          outcome,
          reason,
          pedestrianTracks,
          points,
          // Rounding may fall to either side of a hundredth.
          measures: Object.fromEntries(
            Object.entries(measures).map(([name, value]) => [
              name,
              typeof value === 'number' ? Math.round(value * 20) / 20 : value,
            ]),
          ),
        }),
      ),
      pedestrians: verdict.pedestrianTracks,
      after: Object.values(verdict.moments).map((ms) => ms - verdict.window.fromMs),
    }))
    .sort((a, b) => (a.track < b.track ? -1 : 1));
}

interface Turn {
  readonly place: (x: number, y: number) => [number, number];
  readonly radians: (heading: number) => number;
  readonly mirrored: boolean;
}

const turns: readonly Turn[] = [
  { place: (x, y) => [x + 123, y - 77], radians: (a) => a, mirrored: false },
  { place: (x, y) => [-y, x], radians: (a) => a + Math.PI / 2, mirrored: false },
  { place: (x, y) => [-x + 40, -y], radians: (a) => a + Math.PI, mirrored: false },
  { place: (x, y) => [-x, y], radians: (a) => Math.PI - a, mirrored: true },
];

const turnedFrames = (frames: readonly SeenFrame[], { place }: Turn): SeenFrame[] =>
  frames.map(({ timeMs, objects }) => ({
    timeMs,
    objects: objects.map((one) => {
      const [x, y] = place(one.x, one.y);
      return { ...one, x, y };
    }),
  }));

const turnedSite = (site: Site, { place, radians, mirrored }: Turn): Site => ({
  ...site,
  crosswalk: site.crosswalk.map(([x, y]) => place(x, y)),
  crossingAxisRadians: radians(site.crossingAxisRadians),
  approaches: site.approaches.map((one) => ({ ...one, headingRadians: radians(one.headingRadians) })),
  drivingSide: mirrored ? 'left' : 'right',
});

describe('what a verdict says', () => {
  it('stays the same wherever the scene lies, however it is turned, and in a mirror', () => {
    fc.assert(
      fc.property(actors, fc.constantFrom(...turns), fc.constantFrom(...profiles), (scene, turn, profile) => {
        const site = sceneSite();
        const frames = filmed(scene, { profile });
        expect(said(turnedFrames(frames, turn), { profile, site: turnedSite(site, turn) })).toEqual(
          said(frames, { profile, site }),
        );
      }),
      { numRuns: 100, seed: 11 },
    );
  });

  it('stays the same at any hour', () => {
    fc.assert(
      fc.property(actors, fc.integer({ min: 0, max: 29_000 }), (scene, byMs) => {
        const [profile] = profiles;
        if (!profile) return;
        // The cuts of long passages are aligned to the clock: a short scene is shifted within one stretch between them.
        const startMs = Date.parse('2026-03-01T08:00:00.500Z');
        const settings = { profile, seconds: 0.5 + 14 };
        const shift = (byMs % 14_000) + 3_600_000;
        expect(said(filmed(scene, { ...settings, startMs: startMs + shift }), settings)).toEqual(
          said(filmed(scene, { ...settings, startMs }), settings),
        );
      }),
      { numRuns: 40, seed: 12 },
    );
  });

  it('does not change for somebody who walks far away', () => {
    fc.assert(
      fc.property(actors, fc.integer({ min: 50, max: 200 }), (scene, x) => {
        const [profile] = profiles;
        if (!profile) return;
        const stranger: Actor = { track: 'stranger', kind: 'pedestrian', at: (second) => [x, -40 + second] };
        expect(said(filmed([...scene, stranger], { profile }), { profile })).toEqual(
          said(filmed(scene, { profile }), { profile }),
        );
      }),
      { numRuns: 40, seed: 13 },
    );
  });
});
