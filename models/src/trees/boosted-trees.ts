/**
 * Gradient-boosted trees on the logistic loss (Friedman 2001; Newton leaves as in Chen and Guestrin 2016), on a table cut
 * into bins. Seeded.
 */
import { sigmoid } from '../model/calibration.ts';
import { randomFrom } from '../numbers/random.ts';
import { binColumns } from './bins.ts';
import { forestOf, logOddsOf, type Forest, type Tree } from './forest.ts';
import { growTree, type GrowingOptions } from './grow-tree.ts';

export interface BoostingOptions extends GrowingOptions {
  readonly seed: number;
  readonly trees: number;
  /** Shares of rows and of columns that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
}

export interface Table {
  readonly rows: readonly Float32Array[];
  readonly positives: readonly boolean[];
  /** How many rows each stands for; one where there is none. */
  readonly weights?: readonly number[];
}

export function boostTrees({ rows, positives, weights }: Table, options: BoostingOptions): Forest {
  const random = randomFrom(options.seed);
  const weightOf = (i: number): number => weights?.[i] ?? 1;
  const prior = priorOf(positives, weightOf);
  const logOdds = new Float64Array(rows.length).fill(prior);
  const slopes = new Float64Array(rows.length);
  const curves = new Float64Array(rows.length);
  const columns = binColumns(rows);
  const allRows = Int32Array.from(rows.keys());
  const allColumns = Int32Array.from(columns.keys());
  const some = (of: Int32Array, ofThem: number): Int32Array => of.filter(() => random.uniform() < ofThem);
  const trees: Tree[] = [];
  for (let t = 0; t < options.trees; t++) {
    for (let i = 0; i < rows.length; i++) {
      const p = sigmoid(logOdds[i] as number);
      slopes[i] = weightOf(i) * ((positives[i] ? 1 : 0) - p);
      curves[i] = weightOf(i) * p * (1 - p);
    }
    const members = some(allRows, options.rowShare);
    const seen = some(allColumns, options.columnShare);
    const tree = growTree({ columns, seen, members, slopes, curves }, options);
    const alone = forestOf(0, [tree]);
    for (const [i, row] of rows.entries()) logOdds[i] = (logOdds[i] as number) + logOddsOf(alone, row);
    trees.push(tree);
  }
  return forestOf(prior, trees);
}

function priorOf(positives: readonly boolean[], weightOf: (i: number) => number): number {
  let [yes, no] = [0, 0];
  for (const [i, positive] of positives.entries())
    if (positive) yes += weightOf(i);
    else no += weightOf(i);
  return Math.log(yes / no);
}
