/**
 * What was learnt: networks, and trees beside them where there are any. A law has edges, and trees find them from fewer
 * examples; a network goes on smoothly beyond what was ever seen (decision 12). Their log-odds are averaged.
 */
import { openForward, type Forward } from '../network/forward.ts';
import type { Ensemble } from '../network/layers.ts';
import { logOddsOf, type Forest } from '../trees/forest.ts';

export interface Learned {
  readonly ensemble: Ensemble;
  /** One an output, or none. */
  readonly forests: readonly Forest[];
}

/** Of trees in the average, where there are any. */
const TREES_SHARE = 0.75;

export interface LearnedForward extends Omit<Forward, 'logits'> {
  /** @param asked by row and output, all where absent; of the others the logit is anything. */
  readonly logits: (
    rows: readonly Float32Array[],
    asked?: (row: number, output: number) => boolean,
  ) => Float32Array;
}

export function openLearned({ ensemble, forests }: Learned): LearnedForward {
  const networks = openForward(ensemble);
  const { outputs } = networks;
  return {
    ...networks,
    logits(rows, asked = () => true) {
      const logits = networks.logits(rows);
      for (const [i, row] of rows.entries())
        for (const [k, forest] of forests.entries()) {
          if (!asked(i, k)) continue;
          const at = i * outputs + k;
          logits[at] = (1 - TREES_SHARE) * (logits[at] as number) + TREES_SHARE * logOddsOf(forest, row);
        }
      return logits;
    },
  };
}
