/**
 * What happens at a crosswalk, for tests that tell a law as cases. It lies from x = −6 to 6 and y = −2 to 2, the road's
 * middle at x = 0; cars drive up (towards +y) in the right lane, 4.6 m long and 1.8 m wide, at 8 m/s (29 km/h).
 */
import type { Site } from '@wayside/contracts/site';
import { car, drives, walker, type Actor } from '../domain/judge/testing/scenes.ts';

/** On the crosswalk since before the car could be stopped, at its side 1.1 s after its rear has left: from the left kerb. */
export const goesAhead: readonly Actor[] = [car({}), walker({ since: -0.97 })];

/** The car stops before the crosswalk, and drives on when the pedestrian is through. */
export const givesWay: readonly Actor[] = [
  car({ at: drives(1.75, [0, -30], [3, -10], [5, -6], [11, -6], [14, 10], [15, 18]) }),
  walker({ from: -6, since: 1 }),
];

/** Walks up to the right kerb and steps onto the crosswalk at 1.5 s, too late for a stop; half a second of walk told it. */
export const comesToTheKerb: readonly Actor[] = [
  car({}),
  walker({ from: 8, to: -8, since: -0.2, speedMps: 1 }),
];

/** Stands at the left kerb, a step from the crosswalk, and looks at a shop. */
export const standsAtTheKerb: readonly Actor[] = [car({}), walker({ from: -8, to: -7.5 })];

/** A pedestrian who stops on the other half of the road, 4 m from the car's middle. */
export const staysOnTheOtherHalf: readonly Actor[] = [car({}), walker({ from: -6, to: -2.4, since: 1 })];

/** A road of six lanes: somebody runs across, in the lane next but one as the car passes, at its side 1.2 s later. */
export const runsAcross: readonly Actor[] = [
  car({ speedMps: 7 }),
  walker({ from: -14, to: 8, since: 0.6, speedMps: 2.8 }),
];
export const sixLanes: Partial<Site> = {
  crosswalk: [
    [-12, -2],
    [12, -2],
    [12, 2],
    [-12, 2],
  ],
};

/** Where a refuge parts the crosswalk in two. */
export const withIsland: Partial<Site> = {
  islands: [
    [
      [-1, -2],
      [0, -2],
      [0, 2],
      [-1, 2],
    ],
  ],
};

/** Passes, on the left, a car that stands before the crosswalk for a pedestrian. */
export const overtakes: readonly Actor[] = [
  car({ track: 'stopped', at: drives(1.75, [0, -20], [2, -5], [10, -5], [13, 20]) }),
  car({ x: -1.5, from: -45 }),
  walker({ from: 5, to: -8, since: 2.4, speedMps: 0.8 }),
];

/** Stands on the crosswalk for eight seconds, nobody in front of it. */
export const standsOnIt: readonly Actor[] = [
  car({ at: drives(1.75, [0, -30], [4, 0], [12, 0], [15, 24]) }),
  walker({ from: -8, to: -7.5 }),
];

/** A signal governs the road upwards; its stop line lies 2 m before the crosswalk. */
export const withSignal: Partial<Site> = {
  devices: ['cam-1', 'controller'],
  approaches: [
    {
      id: 'up',
      headingRadians: Math.PI / 2,
      lanes: [],
      stopLine: [
        [0, -4],
        [3.5, -4],
      ],
      signal: { group: 'up' },
    },
  ],
};

/** Drives on at 8 m/s; its front is at the stop line at 2.96 s. */
export const drivesOn: readonly Actor[] = [car({})];

/** Red since that second of the scene, after 3 s of amber. */
export const redSince = (second: number) => ({
  shows: [
    [-60, 'green'],
    [second - 3, 'amber'],
    [second, 'red'],
  ] as const,
});

/** A limit of 50 km/h on the road upwards. */
export const limit50: Partial<Site> = {
  approaches: [{ id: 'up', headingRadians: Math.PI / 2, lanes: [], speedLimitMps: 50 / 3.6 }],
};

export const drivesAt = (kmh: number): readonly Actor[] => [car({ from: -42, speedMps: kmh / 3.6 })];
