/** How bad a camera and its tracker are. Rates are for each second and object unless said otherwise. */
import type { Light } from '../street/light.ts';

export const SEVERITIES = ['clean', 'fair', 'poor', 'awful'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Faults {
  /** Of a position at the crosswalk; it doubles at `doublingMetres` from it. */
  readonly noiseMetres: number;
  readonly doublingMetres: number;
  readonly speedNoiseMps: number;
  readonly headingNoiseRadians: number;
  readonly sizeNoise: number;
  /** Share of frames that never arrive. */
  readonly droppedFrames: number;
  /** Deviation of a frame's moment from the even beat. */
  readonly wobbleMs: number;
  /** Share of sightings that the detector misses. */
  readonly missed: number;
  /** Share of hidden objects that are lost from sight; the others are guessed on by the tracker. */
  readonly occluded: number;
  /** Two of a class within arm's length exchange their track ids. */
  readonly switches: number;
  /** A track ends and goes on under a new id. */
  readonly splits: number;
  /** Two people close together become one for a while. */
  readonly merges: number;
  /** Things that are not there, each second and camera. */
  readonly phantoms: number;
  /** Share of tracks taken for another class, for all their life. */
  readonly confused: number;
  /** Share of plates misread, and not read at all. */
  readonly misread: number;
  readonly unread: number;
  /** Of the camera's clock: parts in a million, and how far off it starts. */
  readonly driftPpm: number;
  readonly offsetMs: number;
  /** Relative error of the homography at the crosswalk's distance: a turn, a stretch and a shift. */
  readonly calibration: number;
}

export const FAULTS: Readonly<Record<Severity, Faults>> = {
  clean: {
    noiseMetres: 0.02,
    doublingMetres: 60,
    speedNoiseMps: 0.03,
    headingNoiseRadians: 0.005,
    sizeNoise: 0.005,
    droppedFrames: 0,
    wobbleMs: 0,
    missed: 0,
    occluded: 0,
    switches: 0,
    splits: 0,
    merges: 0,
    phantoms: 0,
    confused: 0,
    misread: 0,
    unread: 0,
    driftPpm: 0,
    offsetMs: 0,
    calibration: 0,
  },
  fair: {
    noiseMetres: 0.12,
    doublingMetres: 30,
    speedNoiseMps: 0.15,
    headingNoiseRadians: 0.03,
    sizeNoise: 0.04,
    droppedFrames: 0.01,
    wobbleMs: 6,
    missed: 0.02,
    occluded: 0.4,
    switches: 0.02,
    splits: 0.003,
    merges: 0.01,
    phantoms: 0.01,
    confused: 0.01,
    misread: 0.01,
    unread: 0.02,
    driftPpm: 15,
    offsetMs: 40,
    calibration: 0.004,
  },
  poor: {
    noiseMetres: 0.28,
    doublingMetres: 22,
    speedNoiseMps: 0.4,
    headingNoiseRadians: 0.08,
    sizeNoise: 0.1,
    droppedFrames: 0.05,
    wobbleMs: 15,
    missed: 0.08,
    occluded: 0.8,
    switches: 0.08,
    splits: 0.015,
    merges: 0.06,
    phantoms: 0.04,
    confused: 0.04,
    misread: 0.04,
    unread: 0.1,
    driftPpm: 60,
    offsetMs: 200,
    calibration: 0.012,
  },
  awful: {
    noiseMetres: 0.6,
    doublingMetres: 15,
    speedNoiseMps: 0.9,
    headingNoiseRadians: 0.2,
    sizeNoise: 0.2,
    droppedFrames: 0.18,
    wobbleMs: 25,
    missed: 0.2,
    occluded: 1,
    switches: 0.25,
    splits: 0.06,
    merges: 0.2,
    phantoms: 0.2,
    confused: 0.12,
    misread: 0.12,
    unread: 0.3,
    driftPpm: 300,
    offsetMs: 1500,
    calibration: 0.03,
  },
};

/** What is drawn by day, worse: people are harder to find, and lamps and puddles look like things that are there. */
const WORSE: Readonly<Record<Light, Partial<Record<keyof Faults, number>>>> = {
  day: {},
  rain: { noiseMetres: 1.15, missed: 1.5, phantoms: 2, confused: 1.2, unread: 1.5 },
  night: { noiseMetres: 1.25, missed: 2, phantoms: 1.5, confused: 1.5, unread: 2 },
};

export function faultsOf(severity: Severity, light: Light): Faults {
  const faults: { -readonly [K in keyof Faults]: number } = { ...FAULTS[severity] };
  for (const [name, factor] of Object.entries(WORSE[light]) as [keyof Faults, number][])
    faults[name] *= factor;
  return faults;
}
