/** What became of each encounter under each way of deciding, so that all of them are counted over the same streets. */
import type { FootageEncounter } from '@wayside/contracts/footage';
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import { SCORED_RULES, type ScoredRule } from '@wayside/models/model/rules';
import type { Probabilities } from '@wayside/models/model/scorer';
import { askedOf, isSteady, standing, type Asked, type DecisionTerms } from '../../domain/decision/decide.ts';
import { isGuilty, type Example } from './example.ts';

/** house: rule and model as the profile has it · zone: whoever is in the zone with somebody · logistic: a regression. */
export const DECIDERS = ['house', 'rule', 'model', 'zone', 'logistic'] as const;
export type Decider = (typeof DECIDERS)[number];

/** held: accused · review: a person is asked · none: let go. */
export type Became = 'held' | 'review' | 'none';

export interface EncounterOutcome {
  readonly scene: string;
  readonly severity: string;
  readonly layout: string;
  readonly light: string;
  readonly geometry: YieldGeometry;
  readonly rule: ScoredRule;
  readonly guilty: boolean;
  /** The model's probability, of the verdict that says most; undefined where no verdict asked. */
  readonly score: number | undefined;
  readonly logisticScore: number | undefined;
  readonly wrongPlate: boolean;
  readonly became: Readonly<Record<Decider, Became>>;
}

export interface Scores {
  readonly model: readonly Probabilities[];
  readonly logistic: readonly Probabilities[];
}

export interface StreetTruths {
  readonly scene: string;
  readonly severity: string;
  readonly layout: string;
  readonly light: string;
  /** Under which it was judged. */
  readonly geometries: readonly YieldGeometry[];
  readonly truths: readonly FootageEncounter[];
}

/** Where model and regression accuse when they decide alone: as sure as the profile wants the model to be. */
export function outcomesOf(
  examples: readonly Example[],
  { model, logistic }: Scores,
  streets: readonly StreetTruths[],
  terms: DecisionTerms,
): readonly EncounterOutcome[] {
  const outcomes = new Map<string, EncounterOutcome>();
  const geometries = new Map(streets.map((street) => [street.scene, street.geometries]));
  for (const [i, example] of examples.entries())
    for (const rule of SCORED_RULES) {
      if (!example.ruled[rule]) continue;
      if (!isCounted(rule, example.geometry, geometries.get(example.scene) ?? [])) continue;
      const one = outcomeOf(example, rule, model[i]?.[rule] ?? 0, logistic[i]?.[rule] ?? 0, terms);
      const key = keyOf(example.scene, example.geometry, rule, example.encounter);
      const known = outcomes.get(key);
      outcomes.set(key, known ? merged(known, one) : one);
    }
  for (const street of streets) addMissed(outcomes, street);
  return [...outcomes.values()];
}

/** Only giving way is another question under another geometry: the others are asked once. */
const isCounted = (rule: ScoredRule, geometry: YieldGeometry, asked: readonly YieldGeometry[]): boolean =>
  rule === 'fail-to-yield' || geometry === asked[0];

const keyOf = (scene: string, geometry: string, rule: string, vehicle: string): string =>
  `${scene} ${geometry} ${rule} ${vehicle}`;

function outcomeOf(
  example: Example,
  rule: ScoredRule,
  score: number,
  logisticScore: number,
  terms: DecisionTerms,
): EncounterOutcome {
  const { scene, severity, layout, light, geometry } = example;
  const ruled = example.ruled[rule] ?? { outcome: 'clear', reason: 'no-conflict' };
  const asked = askedOf(rule, isSteady(example.sight, terms), terms);
  const byScore = (value: number): Became =>
    value >= asked.holdFrom ? 'held' : value >= asked.reviewFrom ? 'review' : 'none';
  const alone = { infraction: 'held', undecided: 'review', clear: 'none' } as const;
  return {
    scene,
    severity,
    layout,
    light,
    geometry,
    rule,
    guilty: example.guilty[rule],
    score,
    logisticScore,
    wrongPlate: example.plate === 'wrong',
    became: {
      house: houseOf(ruled, score, asked),
      rule: alone[ruled.outcome],
      model: byScore(score),
      zone: rule === 'fail-to-yield' && example.bothInZone ? 'held' : 'none',
      logistic: byScore(logisticScore),
    },
  };
}

function houseOf(ruled: NonNullable<Example['ruled'][ScoredRule]>, score: number, asked: Asked): Became {
  switch (standing(ruled, score, asked)) {
    case 'as-ruled':
      if (ruled.outcome === 'infraction') return 'held';
      return ruled.outcome === 'undecided' && score >= asked.reviewFrom ? 'review' : 'none';
    case 'confirmed':
      return 'held';
    case 'late':
    case 'doubted':
    case 'suspected':
      return 'review';
  }
}

const GRAVITY: Readonly<Record<Became, number>> = { none: 0, review: 1, held: 2 };

/** A vehicle whose track broke has several verdicts; the gravest is what happens to its driver. */
function merged(a: EncounterOutcome, b: EncounterOutcome): EncounterOutcome {
  const graver = (x: Became, y: Became): Became => (GRAVITY[x] >= GRAVITY[y] ? x : y);
  return {
    ...a,
    score: Math.max(a.score ?? 0, b.score ?? 0),
    logisticScore: Math.max(a.logisticScore ?? 0, b.logisticScore ?? 0),
    wrongPlate: a.wrongPlate || b.wrongPlate,
    became: {
      house: graver(a.became.house, b.became.house),
      rule: graver(a.became.rule, b.became.rule),
      model: graver(a.became.model, b.became.model),
      zone: graver(a.became.zone, b.became.zone),
      logistic: graver(a.became.logistic, b.became.logistic),
    },
  };
}

const NOTHING: EncounterOutcome['became'] = {
  house: 'none',
  rule: 'none',
  model: 'none',
  zone: 'none',
  logistic: 'none',
};

/** Infractions of which no verdict came at all: they count against everybody's recall. */
function addMissed(outcomes: Map<string, EncounterOutcome>, street: StreetTruths): void {
  const { scene, severity, layout, light, truths } = street;
  const questions = SCORED_RULES.flatMap((rule) =>
    street.geometries.flatMap((geometry) => truths.map((truth) => ({ rule, geometry, truth }))),
  );
  for (const { rule, geometry, truth } of questions) {
    if (!isCounted(rule, geometry, street.geometries)) continue;
    const key = keyOf(scene, geometry, rule, truth.vehicle);
    if (!isGuilty(truth, rule, geometry) || outcomes.has(key)) continue;
    const common = { scene, severity, layout, light, geometry, rule, guilty: true, wrongPlate: false };
    outcomes.set(key, { ...common, score: undefined, logisticScore: undefined, became: NOTHING });
  }
}
