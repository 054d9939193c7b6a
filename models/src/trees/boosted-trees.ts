/**
 * Gradient-boosted trees on the logistic loss (Friedman 2001; Newton leaves as in Chen and Guestrin 2016), for tables of a
 * few thousand rows where a network has too little to learn from. Seeded.
 */
import { sigmoid } from '../model/calibration.ts';
import { randomFrom, type Random } from '../numbers/random.ts';

export interface BoostingOptions {
  readonly seed: number;
  readonly trees: number;
  readonly depth: number;
  readonly learningRate: number;
  /** Shares of rows and of columns that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
  readonly leastLeaf: number;
}

export interface Table {
  readonly rows: readonly (readonly number[])[];
  readonly positives: readonly boolean[];
}

/** Log-odds of a row. */
export type Predict = (row: readonly number[]) => number;

type Node =
  | { kind: 'leaf'; value: number }
  | {
      kind: 'split';
      readonly column: number;
      readonly below: number;
      readonly left: Node;
      readonly right: Node;
    };

const RIDGE = 1;
const LEAST_GAIN = 0.5;

export function boostTrees({ rows, positives }: Table, options: BoostingOptions): Predict {
  const random = randomFrom(options.seed);
  const share = positives.filter(Boolean).length / positives.length;
  const prior = Math.log(share / (1 - share));
  const scores = new Float64Array(rows.length).fill(prior);
  const orders = (rows[0] ?? []).map((_, column) =>
    Int32Array.from(rows.keys()).sort(
      (a, b) => (rows[a]?.[column] as number) - (rows[b]?.[column] as number),
    ),
  );
  const trees: Node[] = [];
  for (let t = 0; t < options.trees; t++) {
    const slopes = Float64Array.from(
      positives,
      (positive, i) => (positive ? 1 : 0) - sigmoid(scores[i] as number),
    );
    const curves = Float64Array.from(scores, (score) => sigmoid(score) * (1 - sigmoid(score)));
    const tree = growTree({ rows, orders, slopes, curves, options }, random);
    for (const [i, row] of rows.entries()) scores[i] = (scores[i] as number) + valueOf(tree, row);
    trees.push(tree);
  }
  return (row) => trees.reduce((sum, tree) => sum + valueOf(tree, row), prior);
}

function valueOf(tree: Node, row: readonly number[]): number {
  let node = tree;
  while (node.kind === 'split') node = (row[node.column] as number) < node.below ? node.left : node.right;
  return node.value;
}

interface Growing {
  readonly rows: Table['rows'];
  /** Rows in the order of each column. */
  readonly orders: readonly Int32Array[];
  readonly slopes: Float64Array;
  readonly curves: Float64Array;
  readonly options: BoostingOptions;
}

function growTree(growing: Growing, random: Random): Node {
  const { rows, orders, options } = growing;
  const members = Uint8Array.from(rows, () => (random.uniform() < options.rowShare ? 1 : 0));
  const columns = orders.map((_, column) => column).filter(() => random.uniform() < options.columnShare);
  return grow(growing, columns, members, options.depth);
}

function grow(growing: Growing, columns: readonly number[], members: Uint8Array, depth: number): Node {
  const total = sumsOf(growing, members);
  const split = depth === 0 ? undefined : bestSplit(growing, columns, members, total);
  if (!split)
    return { kind: 'leaf', value: (growing.options.learningRate * total.slope) / (total.curve + RIDGE) };
  const isLeft = (i: number): boolean => (growing.rows[i]?.[split.column] as number) < split.below;
  const left = members.map((member, i) => (member && isLeft(i) ? 1 : 0));
  const right = members.map((member, i) => (member && !isLeft(i) ? 1 : 0));
  return {
    kind: 'split',
    ...split,
    left: grow(growing, columns, left, depth - 1),
    right: grow(growing, columns, right, depth - 1),
  };
}

interface Sums {
  slope: number;
  curve: number;
  count: number;
}

function sumsOf({ slopes, curves }: Growing, members: Uint8Array): Sums {
  const sums = { slope: 0, curve: 0, count: 0 };
  for (let i = 0; i < members.length; i++) {
    if (!members[i]) continue;
    sums.slope += slopes[i] as number;
    sums.curve += curves[i] as number;
    sums.count++;
  }
  return sums;
}

interface Split {
  readonly column: number;
  readonly below: number;
}

function bestSplit(
  growing: Growing,
  columns: readonly number[],
  members: Uint8Array,
  total: Sums,
): Split | undefined {
  let best: (Split & { readonly gain: number }) | undefined;
  for (const column of columns) {
    const found = bestOfColumn(growing, column, members, total);
    if (found && found.gain > (best?.gain ?? LEAST_GAIN)) best = found;
  }
  return best && { column: best.column, below: best.below };
}

const gainOf = ({ slope, curve }: Omit<Sums, 'count'>): number => slope ** 2 / (curve + RIDGE);

function bestOfColumn(growing: Growing, column: number, members: Uint8Array, total: Sums) {
  const { rows, orders, slopes, curves, options } = growing;
  const left: Sums = { slope: 0, curve: 0, count: 0 };
  let previous: number | undefined;
  let best: (Split & { readonly gain: number }) | undefined;
  for (const i of orders[column] as Int32Array) {
    if (!members[i]) continue;
    const value = rows[i]?.[column] as number;
    const enough = left.count >= options.leastLeaf && total.count - left.count >= options.leastLeaf;
    if (previous !== undefined && enough && value !== previous) {
      const right = { slope: total.slope - left.slope, curve: total.curve - left.curve };
      const gain = gainOf(left) + gainOf(right) - gainOf(total);
      if (gain > (best?.gain ?? 0)) best = { column, below: (value + previous) / 2, gain };
    }
    left.slope += slopes[i] as number;
    left.curve += curves[i] as number;
    left.count++;
    previous = value;
  }
  return best;
}
