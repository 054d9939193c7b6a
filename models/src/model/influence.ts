/**
 * Occlusion (Zeiler and Fergus 2014): each group of inputs in turn is set to what is usual, and by how much the log-odds
 * fall says how far the group moved the score. Groups, not single inputs: that is what a reviewer can check in a picture.
 */
import { INPUTS } from '../features/encounter-features.ts';
import { GROUPS, type Group } from '../features/inputs.ts';
import type { LearnedForward } from './learned.ts';
import type { Model } from './model-file.ts';

export interface Influence {
  readonly group: Group;
  /** Positive: towards an infraction. */
  readonly logOdds: number;
}

export function influencesOf(
  { ensemble, calibration }: Model,
  forward: LearnedForward,
  row: Float32Array,
  output: number,
): readonly Influence[] {
  const { means } = ensemble.scaling;
  const rows = [row, ...GROUPS.map((group) => without(row, group, means))];
  const logits = forward.logits(rows, (_, k) => k === output);
  const of = (i: number): number => logits[i * forward.outputs + output] as number;
  const slope = calibration[output]?.slope ?? 1;
  return GROUPS.map((group, i) => ({ group, logOdds: Math.round(10 * slope * (of(0) - of(i + 1))) / 10 }))
    .filter(({ logOdds }) => logOdds !== 0)
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
}

const without = (row: Float32Array, group: Group, means: Float32Array): Float32Array =>
  row.map((value, j) => (INPUTS[j]?.group === group ? (means[j] as number) : value));
