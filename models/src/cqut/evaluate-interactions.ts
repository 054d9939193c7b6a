/** How well the first second tells who will not give way: by folds, by whole files, and on files held out. */
import { auc, type Scored } from '../metrics/metrics.ts';
import { randomFrom, shuffled } from '../numbers/random.ts';
import { boostTrees } from '../trees/boosted-trees.ts';
import { logOddsOf } from '../trees/forest.ts';
import { interactionFeatures } from './interaction-features.ts';
import type { Interaction } from './read-interactions.ts';

interface Row {
  readonly file: string;
  readonly group: number;
  readonly features: Float32Array;
  readonly positive: boolean;
}

export interface FoldFigures {
  /** Mean of the folds' areas, as the baseline's is. */
  readonly auc: number;
  readonly f1: number;
  readonly folds: readonly { readonly name: string; readonly auc: number; readonly count: number }[];
}

export interface InteractionFigures {
  readonly events: number;
  readonly positives: number;
  readonly fiveFold: FoldFigures;
  /** Events that show the same vehicle are kept in one fold. */
  readonly fiveFoldByVehicle: FoldFigures;
  readonly leaveOneFileOut: FoldFigures;
}

const SEED = 7;
const FOLDS = 5;
/** Averaged; each draws other rows and columns. */
const MEMBERS = 3;
const BOOSTING = {
  trees: 320,
  leaves: 14,
  learningRate: 0.03,
  ridge: 1,
  rowShare: 0.6,
  columnShare: 0.3,
  leastLeaf: 20,
} as const;

export function evaluateInteractions(interactions: readonly Interaction[]): InteractionFigures {
  const rows = rowsOf(interactions);
  const byEvent = shuffled(rows, randomFrom(SEED)).map((row, i) => ({ row, fold: String(i % FOLDS) }));
  const groups = shuffled([...new Set(rows.map(({ group }) => group))], randomFrom(SEED));
  const foldOfGroup = new Map(groups.map((group, i) => [group, String(i % FOLDS)]));
  const byVehicle = rows.map((row) => ({ row, fold: foldOfGroup.get(row.group) ?? '0' }));
  return {
    events: rows.length,
    positives: rows.filter(({ positive }) => positive).length,
    fiveFold: crossValidated(byEvent),
    fiveFoldByVehicle: crossValidated(byVehicle),
    leaveOneFileOut: crossValidated(rows.map((row) => ({ row, fold: row.file }))),
  };
}

/** Learns from some interactions and ranks others. */
export function heldOutAuc(learnt: readonly Interaction[], heldOut: readonly Interaction[]): number {
  return auc(scored(rowsOf(heldOut), learn(rowsOf(learnt))));
}

function rowsOf(interactions: readonly Interaction[]): readonly Row[] {
  const groups = vehicleGroups(interactions);
  return interactions.flatMap((one): Row[] => {
    const { file, positive, samples } = one;
    if (positive === undefined || samples.length === 0) return [];
    return [
      { file, group: groups.get(one) ?? 0, features: Float32Array.from(interactionFeatures(one)), positive },
    ];
  });
}

/** Events of a file that follow each other and show the vehicle in the same place are of one vehicle. */
function vehicleGroups(interactions: readonly Interaction[]): ReadonlyMap<Interaction, number> {
  const groups = new Map<Interaction, number>();
  const known = new Map<string, number>();
  for (const [i, one] of interactions.entries()) {
    const places = one.samples.map(({ vehicle }) => `${one.file} ${vehicle.x} ${vehicle.y}`);
    const group = places.map((place) => known.get(place)).find((found) => found !== undefined) ?? i;
    for (const place of places) known.set(place, group);
    groups.set(one, group);
  }
  return groups;
}

/** Log-odds of a row. */
type Predict = (row: Float32Array) => number;

function learn(rows: readonly Row[]): Predict {
  const table = {
    rows: rows.map(({ features }) => features),
    positives: rows.map(({ positive }) => positive),
  };
  const members = Array.from({ length: MEMBERS }, (_, k) =>
    boostTrees(table, { ...BOOSTING, seed: SEED + k }),
  );
  return (row) => members.reduce((sum, member) => sum + logOddsOf(member, row), 0) / members.length;
}

const scored = (rows: readonly Row[], predict: Predict): readonly Scored[] =>
  rows.map(({ features, positive }) => ({ score: predict(features), positive }));

function crossValidated(rows: readonly { readonly row: Row; readonly fold: string }[]): FoldFigures {
  const names = [...new Set(rows.map(({ fold }) => fold))].sort();
  const folds = names.map((name) => {
    const learnt = rows.filter(({ fold }) => fold !== name).map(({ row }) => row);
    const tried = rows.filter(({ fold }) => fold === name).map(({ row }) => row);
    return { name, samples: scored(tried, learn(learnt)) };
  });
  return {
    auc: mean(folds.map(({ samples }) => auc(samples))),
    f1: mean(folds.map(({ samples }) => f1(samples))),
    folds: folds.map(({ name, samples }) => ({ name, auc: auc(samples), count: samples.length })),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** At even odds. */
function f1(samples: readonly Scored[]): number {
  const flagged = samples.filter(({ score }) => score >= 0);
  const right = flagged.filter(({ positive }) => positive).length;
  return (2 * right) / (flagged.length + samples.filter(({ positive }) => positive).length);
}
