/** Scores encounters in batches: a calibrated probability for each rule, and what moved it. */
import { encounterFeatures, INPUTS } from '../features/encounter-features.ts';
import type { EncounterInput } from '../features/encounter-input.ts';
import { calibrated } from './calibration.ts';
import { influencesOf, type Influence } from './influence.ts';
import { openLearned } from './learned.ts';
import type { Model } from './model-file.ts';
import { byRule, SCORED_RULES, type ScoredRule } from './rules.ts';

export type Probabilities = Readonly<Record<ScoredRule, number>>;

export interface Asked {
  readonly row: Float32Array;
  readonly rules: readonly ScoredRule[];
}

export interface Scorer {
  /** SHA-256 of the model's canonical content. */
  readonly hash: string;
  readonly score: (rows: readonly Float32Array[]) => readonly Probabilities[];
  /** @returns for each row the probability of each of its rules, in their order. */
  readonly scoreAsked: (asked: readonly Asked[]) => readonly (readonly number[])[];
  /** What of a row moved the score of a rule, the strongest first. */
  readonly explain: (row: Float32Array, rule: ScoredRule) => readonly Influence[];
  readonly close: () => void;
}

const AS_IT_IS = { slope: 1, intercept: 0 };

/** @throws Error where the model was trained on other inputs than this code makes. A backend must be open. */
export function openScorer(model: Model): Scorer {
  if (model.inputs.join('\n') !== INPUTS.map(({ name }) => name).join('\n'))
    throw new Error('the model was trained on other inputs than this version makes');
  const forward = openLearned(model);
  const scoreAsked = (asked: readonly Asked[]): readonly (readonly number[])[] => {
    const outputsOf = asked.map(({ rules }) => rules.map((rule) => SCORED_RULES.indexOf(rule)));
    const logits = forward.logits(
      asked.map(({ row }) => row),
      (i, k) => outputsOf[i]?.includes(k) ?? false,
    );
    return outputsOf.map((outputs, i) =>
      outputs.map((k) =>
        calibrated(logits[i * forward.outputs + k] as number, model.calibration[k] ?? AS_IT_IS),
      ),
    );
  };
  return {
    hash: model.hash,
    scoreAsked,
    score: (rows) =>
      scoreAsked(rows.map((row) => ({ row, rules: SCORED_RULES }))).map((of) =>
        byRule((rule) => of[SCORED_RULES.indexOf(rule)] as number),
      ),
    explain: (row, rule) => influencesOf(model, forward, row, SCORED_RULES.indexOf(rule)),
    close: () => forward.close(),
  };
}

export const featuresOf = (input: EncounterInput): Float32Array | undefined => encounterFeatures(input);
