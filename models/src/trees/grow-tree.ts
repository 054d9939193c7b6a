/** One tree, grown best leaf first: each split goes where it gains most, until there are leaves enough. */
import { BINS, type BinnedColumn } from './bins.ts';
import type { Tree } from './forest.ts';

export interface GrowingOptions {
  readonly leaves: number;
  readonly leastLeaf: number;
  readonly learningRate: number;
  /** Pulls the leaves to 0 (L2). */
  readonly ridge: number;
}

export interface Ground {
  readonly columns: readonly BinnedColumn[];
  /** The columns and the rows that this tree sees. */
  readonly seen: Int32Array;
  readonly members: Int32Array;
  /** First and second derivative of the likelihood by each row's log-odds. */
  readonly slopes: Float64Array;
  readonly curves: Float64Array;
}

/** For each column seen and each of its bins: sum of slopes, sum of curves, count of rows. */
type Histogram = Float64Array;
const SUMS = 3;

interface Split {
  readonly column: number;
  /** The first bin of the right branch. */
  readonly bin: number;
  readonly gain: number;
}

interface Bud {
  readonly members: Int32Array;
  readonly histogram: Histogram;
  readonly split: Split | undefined;
  branches: { readonly left: Bud; readonly right: Bud } | undefined;
}

const LEAST_GAIN = 0.5;

export function growTree(ground: Ground, options: GrowingOptions): Tree {
  const budOf = (members: Int32Array, histogram: Histogram): Bud => ({
    members,
    histogram,
    split: bestSplit(ground, histogram, options),
    branches: undefined,
  });
  const root = budOf(ground.members, histogramOf(ground, ground.members));
  const buds = [root];
  while (buds.length < options.leaves) {
    const best = bestOf(buds);
    if (!best?.split) break;
    best.branches = parted(ground, best, best.split, budOf);
    buds.splice(buds.indexOf(best), 1, best.branches.left, best.branches.right);
  }
  return treeOf(ground, root, options);
}

const bestOf = (buds: readonly Bud[]): Bud | undefined =>
  buds.reduce<Bud | undefined>(
    (best, bud) => ((bud.split?.gain ?? 0) > (best?.split?.gain ?? 0) ? bud : best),
    undefined,
  );

/** The smaller branch is summed, the greater is what remains. */
function parted(
  ground: Ground,
  { members, histogram }: Bud,
  { column, bin }: Split,
  budOf: (members: Int32Array, histogram: Histogram) => Bud,
): { left: Bud; right: Bud } {
  const { codes } = ground.columns[column] as BinnedColumn;
  const left = members.filter((row) => (codes[row] as number) < bin);
  const right = members.filter((row) => (codes[row] as number) >= bin);
  const isLeftSmaller = left.length < right.length;
  const smaller = histogramOf(ground, isLeftSmaller ? left : right);
  const greater = remainder(histogram, smaller);
  return {
    left: budOf(left, isLeftSmaller ? smaller : greater),
    right: budOf(right, isLeftSmaller ? greater : smaller),
  };
}

function remainder(whole: Histogram, part: Histogram): Histogram {
  const rest = new Float64Array(whole.length);
  for (let k = 0; k < rest.length; k++) rest[k] = (whole[k] as number) - (part[k] as number);
  return rest;
}

/** Of some rows, in their order. */
function valuesOf(members: Int32Array, values: Float64Array): Float64Array {
  const own = new Float64Array(members.length);
  for (let i = 0; i < own.length; i++) own[i] = values[members[i] as number] as number;
  return own;
}

function histogramOf({ columns, seen, slopes, curves }: Ground, members: Int32Array): Histogram {
  const histogram = new Float64Array(seen.length * BINS * SUMS);
  const ownSlopes = valuesOf(members, slopes);
  const ownCurves = valuesOf(members, curves);
  for (let c = 0; c < seen.length; c++) {
    const { codes } = columns[seen[c] as number] as BinnedColumn;
    const base = c * BINS * SUMS;
    for (let i = 0; i < members.length; i++) {
      const at = base + SUMS * (codes[members[i] as number] as number);
      histogram[at] = (histogram[at] as number) + (ownSlopes[i] as number);
      histogram[at + 1] = (histogram[at + 1] as number) + (ownCurves[i] as number);
      histogram[at + 2] = (histogram[at + 2] as number) + 1;
    }
  }
  return histogram;
}

interface Sums {
  slope: number;
  curve: number;
  count: number;
}

/** Of one column: each row is in one of its bins. */
function sumsOf(histogram: Histogram): Sums {
  const sums = { slope: 0, curve: 0, count: 0 };
  for (let at = 0; at < BINS * SUMS; at += SUMS) addTo(sums, histogram, at);
  return sums;
}

function addTo(sums: Sums, histogram: Histogram, at: number): void {
  sums.slope += histogram[at] as number;
  sums.curve += histogram[at + 1] as number;
  sums.count += histogram[at + 2] as number;
}

function bestSplit(ground: Ground, histogram: Histogram, options: GrowingOptions): Split | undefined {
  if (ground.seen.length === 0) return undefined;
  const total = sumsOf(histogram);
  let best: Split | undefined;
  for (const [c, column] of ground.seen.entries()) {
    const bins = (ground.columns[column] as BinnedColumn).edges.length + 1;
    const left = { slope: 0, curve: 0, count: 0 };
    for (let bin = 1; bin < bins; bin++) {
      addTo(left, histogram, (c * BINS + bin - 1) * SUMS);
      if (left.count < options.leastLeaf) continue;
      if (total.count - left.count < options.leastLeaf) break;
      const gain = gainOf(left, total, options);
      if (gain > (best?.gain ?? LEAST_GAIN)) best = { column, bin, gain };
    }
  }
  return best;
}

function gainOf(left: Sums, total: Sums, { ridge }: GrowingOptions): number {
  const right = worth(total.slope - left.slope, total.curve - left.curve, ridge);
  return worth(left.slope, left.curve, ridge) + right - worth(total.slope, total.curve, ridge);
}

const worth = (slope: number, curve: number, ridge: number): number => slope ** 2 / (curve + ridge);

function treeOf(ground: Ground, { members, split, branches }: Bud, options: GrowingOptions): Tree {
  if (!split || !branches) {
    let [slope, curve] = [0, 0];
    for (const row of members) {
      slope += ground.slopes[row] as number;
      curve += ground.curves[row] as number;
    }
    return { kind: 'leaf', logOdds: (options.learningRate * slope) / (curve + options.ridge) };
  }
  const { column, bin } = split;
  const below = (ground.columns[column] as BinnedColumn).edges[bin - 1] as number;
  return {
    kind: 'split',
    column,
    below,
    left: treeOf(ground, branches.left, options),
    right: treeOf(ground, branches.right, options),
  };
}
