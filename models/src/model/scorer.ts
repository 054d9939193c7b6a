/** Scores encounters in batches: a calibrated probability for each rule, and what moved it. */
import { encounterFeatures, INPUTS } from '../features/encounter-features.ts';
import type { EncounterInput } from '../features/encounter-input.ts';
import { calibrated } from './calibration.ts';
import { influencesOf, type Influence } from './influence.ts';
import { openLearned } from './learned.ts';
import type { Model } from './model-file.ts';
import { SCORED_RULES, type ScoredRule } from './rules.ts';

export type Probabilities = Readonly<Record<ScoredRule, number>>;

export interface Scorer {
  /** SHA-256 of the model's canonical content. */
  readonly hash: string;
  readonly score: (rows: readonly Float32Array[]) => readonly Probabilities[];
  /** What of a row moved the score of a rule, the strongest first. */
  readonly explain: (row: Float32Array, rule: ScoredRule) => readonly Influence[];
  readonly close: () => void;
}

/** @throws Error where the model was trained on other inputs than this code makes. A backend must be open. */
export function openScorer(model: Model): Scorer {
  if (model.inputs.join('\n') !== INPUTS.map(({ name }) => name).join('\n'))
    throw new Error('the model was trained on other inputs than this version makes');
  const forward = openLearned(model);
  const { outputs } = forward;
  return {
    hash: model.hash,
    score: (rows) => {
      const logits = forward.logits(rows);
      return rows.map((_, i) => {
        const of = (k: number): number =>
          calibrated(logits[i * outputs + k] as number, model.calibration[k] ?? { slope: 1, intercept: 0 });
        return {
          'fail-to-yield': of(0),
          'stop-on-crosswalk': of(1),
          'overtake-at-crosswalk': of(2),
        };
      });
    },
    explain: (row, rule) => influencesOf(model, forward, row, SCORED_RULES.indexOf(rule)),
    close: () => forward.close(),
  };
}

export const featuresOf = (input: EncounterInput): Float32Array | undefined => encounterFeatures(input);
