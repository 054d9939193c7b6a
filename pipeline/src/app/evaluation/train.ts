/** From gathered streets to a model and the regression it is compared with. */
import type { LabelledEncounter } from '@wayside/models/training/train-model';
import { trainModel } from '@wayside/models/training/train-model';
import type { ModelFile } from '@wayside/models/model/model-file';
import { byRule } from '@wayside/models/model/rules';
import type { Example } from './example.ts';

export interface TrainOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly note: Readonly<Record<string, unknown>>;
  readonly onProgress: (text: string) => void;
}

export interface TrainedModels {
  readonly model: ModelFile;
  readonly logistic: ModelFile;
}

/** One street in so many is held back to calibrate on. */
const HELD_BACK = 6;
/** Two networks, and a regression, which goes less astray on cameras worse than those learnt from. */
const MEMBERS: readonly (readonly number[])[] = [[64, 32], [64, 32], []];

export function trainModels(examples: readonly Example[], options: TrainOptions): TrainedModels {
  const labelled = examples.filter(tells).map(labelOf);
  const common = { ...options, heldBack: HELD_BACK };
  return {
    model: trainModel(labelled, { ...common, members: MEMBERS, hasForests: true }),
    logistic: trainModel(labelled, { ...common, members: [[]], hasForests: false }),
  };
}

/** A passage cut off before the crosswalk does not show what its driver did there. */
const tells = ({ whole, guilty }: Example): boolean => whole || !Object.values(guilty).some(Boolean);

/** An ambulance is let go for what it is, not for how it drove: of that nothing is to be learnt. */
const labelOf = ({ scene, features, ruled, guilty }: Example): LabelledEncounter => ({
  scene,
  features,
  guilty: byRule((rule) => {
    const ruling = ruled[rule];
    return ruling && ruling.reason !== 'emergency-vehicle' ? guilty[rule] : undefined;
  }),
  cleared: byRule((rule) => ruled[rule]?.outcome === 'clear'),
});
