/** Trains an ensemble on labelled encounters and calibrates it on streets it has not seen. Reproducible from its seed. */
import { INPUTS } from '../features/encounter-features.ts';
import { referenceOf } from '../metrics/drift.ts';
import { fitCalibration } from '../model/calibration.ts';
import { modelFile, type ModelFile } from '../model/model-file.ts';
import { SCORED_RULES, type ScoredRule } from '../model/rules.ts';
import { openForward } from '../network/forward.ts';
import { scalingOf, type Ensemble } from '../network/layers.ts';
import { trainNetwork, type TrainingOptions } from '../network/train.ts';

export interface LabelledEncounter {
  /** No two streets share one: whole streets are held back, never single encounters of a street. */
  readonly scene: string;
  readonly features: Float32Array;
  /** Whether there was an infraction in truth; undefined where this encounter does not tell. */
  readonly guilty: Readonly<Record<ScoredRule, boolean | undefined>>;
}

export interface ModelTraining {
  readonly seed: number;
  /** Sizes of the hidden layers of each network of the ensemble; none makes one a logistic regression. */
  readonly members: readonly (readonly number[])[];
  readonly epochs: number;
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

export function trainModel(encounters: readonly LabelledEncounter[], training: ModelTraining): ModelFile {
  const scenes = [...new Set(encounters.map(({ scene }) => scene))].sort();
  const heldBack = new Set(scenes.filter((_, i) => i % training.heldBack === training.heldBack - 1));
  const learnt = encounters.filter(({ scene }) => !heldBack.has(scene));
  const rows = learnt.map(({ features, guilty }) => ({
    inputs: features,
    targets: SCORED_RULES.map((rule) => target(guilty[rule])),
    weight: 1,
  }));
  const scaling = scalingOf(rows.map(({ inputs }) => inputs));
  const members = training.members.map((hidden, k) => {
    training.onProgress(`member ${k + 1} of ${training.members.length}: ${rows.length} encounters`);
    return trainNetwork(rows, scaling, {
      ...OPTIONS,
      hidden,
      seed: training.seed + k,
      epochs: training.epochs,
    });
  });
  const ensemble = { scaling, members };
  const calibration = calibrationOf(
    ensemble,
    encounters.filter(({ scene }) => heldBack.has(scene)),
  );
  const trained = {
    ...training.note,
    seed: training.seed,
    encounters: learnt.length,
    streets: scenes.length - heldBack.size,
    calibratedOnStreets: heldBack.size,
    options: { ...OPTIONS, epochs: training.epochs, members: training.members },
  };
  const reference = referenceOf(rows.map(({ inputs }) => inputs));
  return modelFile({ inputs: INPUTS.map(({ name }) => name), ensemble, calibration, reference, trained });
}

const target = (guilty: boolean | undefined): 0 | 1 | undefined =>
  guilty === undefined ? undefined : guilty ? 1 : 0;

function calibrationOf(ensemble: Ensemble, encounters: readonly LabelledEncounter[]): Model['calibration'] {
  const forward = openForward(ensemble);
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
