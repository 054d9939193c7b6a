/** Scenes a lawyer could draw: who was where at each second. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict } from '@wayside/contracts/verdict';
import type { JudgeEffect } from '../effects.ts';
import { initialJudgeState, judge } from '../judge.ts';
import { batchMessages, statusMessage, type Camera, type SeenFrame, type Sighting } from './batches.ts';
import { signalMessages, type Controller } from './signals.ts';
import { testSite } from './street.ts';

export interface Actor extends Omit<Sighting, 'x' | 'y'> {
  /** Where it is at a second; undefined: not seen. */
  readonly at: (second: number) => readonly [x: number, y: number] | undefined;
}

/** Followed from 40 m off, as a driver at 50 km/h must be. */
export const sceneSite = (over: Partial<Site> = {}): Site => testSite({ attentionMetres: 40, ...over });

export interface SceneSettings {
  readonly profile: LawProfile;
  readonly site?: Site;
  readonly seconds?: number;
  readonly framesPerSecond?: number;
  readonly clock?: Camera['clock'];
  readonly startMs?: number;
  /** What the signal showed; nobody said where absent. */
  readonly signal?: Omit<Controller, 'site' | 'startMs' | 'seconds'>;
}

const START_MS = Date.parse('2026-03-01T08:00:05Z');

export const filmed = (actors: readonly Actor[], settings: SceneSettings): SeenFrame[] => {
  const { seconds = 15, framesPerSecond = 10, startMs = START_MS } = settings;
  return Array.from({ length: Math.round(seconds * framesPerSecond) }, (_, i) => ({
    timeMs: startMs + Math.round((i * 1000) / framesPerSecond),
    objects: actors.flatMap(({ at, ...actor }) => {
      const place = at(i / framesPerSecond);
      return place ? [{ ...actor, x: place[0], y: place[1] }] : [];
    }),
  }));
};

export type EncounterEffect = Extract<JudgeEffect, { kind: 'encounter' }>;

export function judgeFrames(
  frames: readonly SeenFrame[],
  settings: SceneSettings,
): readonly EncounterEffect[] {
  const { profile, site = sceneSite(), clock = { state: 'synchronised' }, signal } = settings;
  const { seconds = 15, startMs = START_MS } = settings;
  const camera = { site, device: 'cam-1', bootId: 'boot-1', clock };
  const messages = [
    ...(signal ? signalMessages({ ...signal, site, startMs, seconds }) : []),
    ...batchMessages(frames, camera, [10]),
    statusMessage({ device: 'cam-1', bootId: 'boot-1', sequence: 1e6, timeMs: START_MS, state: 'stopping' }),
  ];
  const state = initialJudgeState();
  const context = { site: () => site, profile: () => profile };
  return messages
    .flatMap((message, i) => judge(state, { offset: i + 1, message }, context))
    .filter((effect) => effect.kind === 'encounter');
}

/** The verdicts of a scene, one a vehicle that met anybody. */
export const judgeScene = (actors: readonly Actor[], settings: SceneSettings): readonly EncounterVerdict[] =>
  judgeFrames(filmed(actors, settings), settings).map(({ verdict }) => verdict);

/** A car that drives up the road (towards +y) at an even speed, its centre at `from` at second 0. */
export const car = (of: {
  readonly track?: string;
  readonly x?: number;
  readonly from?: number;
  readonly speedMps?: number;
  readonly at?: Actor['at'];
  readonly emergency?: boolean;
  readonly kind?: Actor['kind'];
}): Actor => {
  const { track = 'car', x = 1.75, from = -30, speedMps = 8, kind = 'car' } = of;
  return {
    track,
    kind,
    lengthMetres: 4.6,
    widthMetres: 1.8,
    ...(of.emergency === undefined ? {} : { emergency: of.emergency }),
    at: of.at ?? ((second) => [x, from + speedMps * second]),
  };
};

/** A pedestrian who walks along the crosswalk (towards +x), at x = `from` at second `since`, and stands before and after. */
export const walker = (of: {
  readonly track?: string;
  readonly from?: number;
  readonly to?: number;
  readonly since?: number;
  readonly speedMps?: number;
  readonly y?: number;
}): Actor => {
  const { track = 'walker', from = -8, to = 8, since = 0, speedMps = 1.4, y = 0 } = of;
  const way = Math.sign(to - from);
  return {
    track,
    kind: 'pedestrian',
    at: (second) => {
      const walked = Math.min(Math.abs(to - from), Math.max(0, second - since) * speedMps);
      return [from + way * walked, y];
    },
  };
};

/** A way along y through (second, y) corners at even speed between them, at a given x. */
export const drives =
  (x: number, ...corners: readonly (readonly [second: number, y: number])[]): Actor['at'] =>
  (second) => {
    const next = corners.findIndex(([at]) => at > second);
    const [a, b] = next <= 0 ? [corners.at(-1), corners.at(-1)] : [corners[next - 1], corners[next]];
    if (!a || !b || second < (corners[0]?.[0] ?? 0)) return undefined;
    const share = a === b ? 0 : (second - a[0]) / (b[0] - a[0]);
    return [x, a[1] + share * (b[1] - a[1])];
  };
