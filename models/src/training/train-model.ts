/** Trains an ensemble on labelled encounters and calibrates it on streets it has not seen. Reproducible from its seed. */
import { INPUTS } from '../features/encounter-features.ts';
import { referenceOf } from '../metrics/drift.ts';
import { fitCalibration } from '../model/calibration.ts';
import { openLearned, type Learned } from '../model/learned.ts';
import { modelFile, type ModelFile } from '../model/model-file.ts';
import { SCORED_RULES, type ScoredRule } from '../model/rules.ts';
import { scalingOf } from '../network/layers.ts';
import { trainNetwork, type TrainingOptions } from '../network/train.ts';
import { boostTrees, type BoostingOptions } from '../trees/boosted-trees.ts';
import type { Forest } from '../trees/forest.ts';

export interface LabelledEncounter {
  /** No two streets share one: whole streets are held back, never single encounters of a street. */
  readonly scene: string;
  readonly features: Float32Array;
  /** Whether there was an infraction in truth; undefined where this encounter does not tell. */
  readonly guilty: Readonly<Record<ScoredRule, boolean | undefined>>;
  /** Whether the rule itself saw nothing in it. */
  readonly cleared: Readonly<Record<ScoredRule, boolean>>;
}

export interface ModelTraining {
  readonly seed: number;
  /** Sizes of the hidden layers of each network of the ensemble; none makes one a logistic regression. */
  readonly members: readonly (readonly number[])[];
  readonly epochs: number;
  /** Trees beside the networks, for each output. */
  readonly hasForests: boolean;
  /** One street in so many is held back for calibration. */
  readonly heldBack: number;
  readonly note: Readonly<Record<string, unknown>>;
  readonly onProgress: (text: string) => void;
}

const OPTIONS: Omit<TrainingOptions, 'seed' | 'epochs' | 'hidden'> = {
  batch: 512,
  learningRate: 0.003,
  // Enough that what is learnt holds on streets not among those learnt from; more blurs how near a margin was.
  weightDecay: 0.1,
  inputNoise: 0.05,
  dropout: 0.1,
};

const BOOSTING: Omit<BoostingOptions, 'seed'> = {
  trees: 500,
  leaves: 31,
  learningRate: 0.02,
  leastLeaf: 20,
  ridge: 5,
  rowShare: 0.7,
  columnShare: 0.2,
};
/** Of what the rules cleared one in so many is learnt from, which stands for all: the model is wanted where a rule doubts or accuses. */
const CLEARED_SEEN = 8;

export function trainModel(encounters: readonly LabelledEncounter[], training: ModelTraining): ModelFile {
  const scenes = [...new Set(encounters.map(({ scene }) => scene))].sort();
  const heldBack = new Set(scenes.filter((_, i) => i % training.heldBack === training.heldBack - 1));
  const learnt = encounters.filter(({ scene }) => !heldBack.has(scene));
  const rows = learnt
    .filter((encounter, i) => !isCleared(encounter) || i % CLEARED_SEEN === 0)
    .map((encounter) => ({
      inputs: encounter.features,
      targets: SCORED_RULES.map((rule) => target(encounter.guilty[rule])),
      weight: isCleared(encounter) ? CLEARED_SEEN : 1,
    }));
  const scaling = scalingOf(learnt.map(({ features }) => features));
  const members = training.members.map((hidden, k) => {
    training.onProgress(`member ${k + 1} of ${training.members.length}: ${rows.length} encounters`);
    return trainNetwork(rows, scaling, {
      ...OPTIONS,
      hidden,
      seed: training.seed + k,
      epochs: training.epochs,
    });
  });
  const forests = training.hasForests ? SCORED_RULES.map((rule) => forestFor(rule, learnt, training)) : [];
  const learned = { ensemble: { scaling, members }, forests };
  const calibration = calibrationOf(
    learned,
    encounters.filter(({ scene }) => heldBack.has(scene)),
  );
  const trained = {
    ...training.note,
    seed: training.seed,
    encounters: learnt.length,
    streets: scenes.length - heldBack.size,
    calibratedOnStreets: heldBack.size,
    clearedSeen: CLEARED_SEEN,
    options: { ...OPTIONS, epochs: training.epochs, members: training.members },
    ...(training.hasForests && { trees: BOOSTING }),
  };
  const reference = referenceOf(learnt.map(({ features }) => features));
  return modelFile({ inputs: INPUTS.map(({ name }) => name), ...learned, calibration, reference, trained });
}

/** By every rule that was in question. */
const isCleared = ({ guilty, cleared }: LabelledEncounter): boolean =>
  SCORED_RULES.every((rule) => guilty[rule] === undefined || cleared[rule]);

const target = (guilty: boolean | undefined): 0 | 1 | undefined =>
  guilty === undefined ? undefined : guilty ? 1 : 0;

function forestFor(
  rule: ScoredRule,
  encounters: readonly LabelledEncounter[],
  { seed, onProgress }: ModelTraining,
): Forest {
  const told = encounters.filter(({ guilty }) => guilty[rule] !== undefined);
  const seen = told.filter(({ cleared }, i) => !cleared[rule] || i % CLEARED_SEEN === 0);
  onProgress(`trees for ${rule}: ${seen.length} encounters`);
  return boostTrees(
    {
      rows: seen.map(({ features }) => features),
      positives: seen.map(({ guilty }) => guilty[rule] === true),
      weights: seen.map(({ cleared }) => (cleared[rule] ? CLEARED_SEEN : 1)),
    },
    { ...BOOSTING, seed },
  );
}

function calibrationOf(learned: Learned, encounters: readonly LabelledEncounter[]): Model['calibration'] {
  const forward = openLearned(learned);
  const logits = forward.logits(encounters.map(({ features }) => features));
  forward.close();
  return SCORED_RULES.map((rule, k) =>
    fitCalibration(
      encounters.flatMap(({ guilty }, i) => {
        const positive = guilty[rule];
        return positive === undefined
          ? []
          : [{ logit: logits[i * SCORED_RULES.length + k] as number, positive }];
      }),
    ),
  );
}

type Model = Parameters<typeof modelFile>[0];
