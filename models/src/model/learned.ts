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

export function openLearned({ ensemble, forests }: Learned): Forward {
  const networks = openForward(ensemble);
  if (forests.length === 0) return networks;
  const { outputs } = networks;
  return {
    ...networks,
    logits(rows) {
      const logits = networks.logits(rows);
      for (const [i, row] of rows.entries())
        for (const [k, forest] of forests.entries()) {
          const at = i * outputs + k;
          logits[at] = (1 - TREES_SHARE) * (logits[at] as number) + TREES_SHARE * logOddsOf(forest, row);
        }
      return logits;
    },
  };
}
