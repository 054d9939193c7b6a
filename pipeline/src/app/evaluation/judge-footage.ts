/**
 * Judges footage under each geometry and puts what really happened beside every verdict. The judge hears the messages
 * only; the truth is joined to its verdicts afterwards.
 */
import type { FootageEncounter, FootageLine, FootageScene } from '@wayside/contracts/footage';
import { YIELD_GEOMETRIES, type LawProfile, type YieldGeometry } from '@wayside/contracts/law-profile';
import type { ObservationMessage } from '@wayside/contracts/observation-batch';
import type { JudgeEffect } from '../../domain/judge/effects.ts';
import { initialJudgeState, judge, type JudgeState } from '../../domain/judge/judge.ts';
import { trueOwners } from './true-owners.ts';

export type EncounterEffect = Extract<JudgeEffect, { readonly kind: 'encounter' }>;

export interface JudgedEncounter {
  readonly effect: EncounterEffect;
  readonly geometry: YieldGeometry;
  /** The street's own name of the vehicle; null: a phantom. */
  readonly vehicle: string | null;
  /** Absent where the vehicle met nobody and did nothing. */
  readonly truth: FootageEncounter | undefined;
}

/** One street's footage, judged. */
export interface JudgedScene {
  readonly scene: FootageScene;
  readonly geometries: readonly YieldGeometry[];
  readonly judged: readonly JudgedEncounter[];
  /** All that really happened far enough from the ends of the footage to be seen whole. */
  readonly truths: readonly FootageEncounter[];
}

export interface FootageJudge {
  /** @returns the street that this line ends, if it does. */
  readonly take: (line: FootageLine) => JudgedScene | undefined;
  readonly end: () => JudgedScene | undefined;
}

/** What happens this close to an end of the footage was not seen whole. ms */
const MARGIN_MS = 20_000;

export function footageJudge(
  profile: LawProfile,
  geometries: readonly YieldGeometry[] = YIELD_GEOMETRIES,
): FootageJudge {
  let street: Street | undefined;
  return {
    take(line) {
      if (line.kind !== 'scene') {
        street?.take(line);
        return undefined;
      }
      const ended = street?.end();
      street = openStreet(line, profile, geometries);
      return ended;
    },
    end: () => street?.end(),
  };
}

interface Street {
  readonly take: (line: Exclude<FootageLine, FootageScene>) => void;
  readonly end: () => JudgedScene;
}

interface GeometryJudge {
  readonly geometry: YieldGeometry;
  readonly state: JudgeState;
  readonly profile: LawProfile;
  readonly effects: EncounterEffect[];
}

function openStreet(scene: FootageScene, profile: LawProfile, geometries: readonly YieldGeometry[]): Street {
  const owners = trueOwners();
  const truths = new Map<string, FootageEncounter>();
  const judges = geometries.map((geometry) => geometryJudge(geometry, profile));
  let offset = 0;
  let [firstMs, lastMs] = [Infinity, 0];
  return {
    take(line) {
      switch (line.kind) {
        case 'track':
          owners.add(line);
          break;
        case 'encounter':
          truths.set(line.vehicle, line);
          break;
        case 'message':
          offset++;
          firstMs = Math.min(firstMs, line.message.data.frames.startMs);
          lastMs = line.message.data.frames.startMs;
          for (const one of judges) hear(one, offset, line.message, scene);
      }
    },
    end() {
      const whole = (ms: number): boolean => ms >= firstMs + MARGIN_MS && ms <= lastMs - MARGIN_MS;
      const judged = judges.flatMap(({ geometry, effects }) =>
        effects
          .filter(({ verdict }) => whole(verdict.occurredAtMs))
          .map((effect): JudgedEncounter => {
            const { vehicle: seen, occurredAtMs, moments } = effect.verdict;
            const vehicle = owners.vehicleAt(seen.track, moments.entryMs ?? occurredAtMs) ?? null;
            return { effect, geometry, vehicle, truth: vehicle === null ? undefined : truths.get(vehicle) };
          }),
      );
      return {
        scene,
        geometries,
        judged,
        truths: [...truths.values()].filter(({ entryAtMs }) => entryAtMs !== null && whole(entryAtMs)),
      };
    },
  };
}

const geometryJudge = (geometry: YieldGeometry, profile: LawProfile): GeometryJudge => ({
  geometry,
  state: initialJudgeState(),
  profile: { ...profile, road: { ...profile.road, yield: { ...profile.road.yield, geometry } } },
  effects: [],
});

function hear(
  { state, profile, effects }: GeometryJudge,
  offset: number,
  message: ObservationMessage,
  { site }: FootageScene,
): void {
  const context = { site: () => site, profile: () => profile };
  for (const effect of judge(state, { offset, message }, context))
    if (effect.kind === 'encounter') effects.push(effect);
}
