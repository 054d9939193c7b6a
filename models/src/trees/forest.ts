/** Trees as they are shipped and run: nodes in flat arrays, each tree from its root, the left branch right after its split. */
export interface Forest {
  /** What is known before looking at anything. */
  readonly prior: number;
  /** Where each tree begins. */
  readonly roots: Int32Array;
  /** The column a split looks at, or LEAF. */
  readonly columns: Int16Array;
  /** A split's edge: to the left goes what is less. A leaf's log-odds. */
  readonly numbers: Float32Array;
  /** Where a split's right branch begins. */
  readonly rights: Int32Array;
}

const LEAF = -1;

export type Tree =
  | { readonly kind: 'leaf'; readonly logOdds: number }
  | {
      readonly kind: 'split';
      readonly column: number;
      readonly below: number;
      readonly left: Tree;
      readonly right: Tree;
    };

export function forestOf(prior: number, trees: readonly Tree[]): Forest {
  const columns: number[] = [];
  const numbers: number[] = [];
  const plant = (tree: Tree): void => {
    columns.push(tree.kind === 'leaf' ? LEAF : tree.column);
    numbers.push(tree.kind === 'leaf' ? tree.logOdds : tree.below);
    if (tree.kind === 'leaf') return;
    plant(tree.left);
    plant(tree.right);
  };
  for (const tree of trees) plant(tree);
  return plantedForest(prior, columns, numbers);
}

/**
 * The nodes in order tell which branch is whose.
 * @throws RangeError where the last tree is cut off.
 */
export function plantedForest(
  prior: number,
  columns: readonly number[] | Int16Array,
  numbers: readonly number[] | Float32Array,
): Forest {
  const rights = new Int32Array(columns.length);
  const roots: number[] = [];
  const endOf = (at: number): number => {
    if (at >= columns.length) throw new RangeError('a tree of the forest is cut off');
    if (columns[at] === LEAF) return at + 1;
    rights[at] = endOf(at + 1);
    return endOf(rights[at]);
  };
  for (let at = 0; at < columns.length; at = endOf(at)) roots.push(at);
  return {
    prior,
    roots: Int32Array.from(roots),
    columns: Int16Array.from(columns),
    numbers: Float32Array.from(numbers),
    rights,
  };
}

/** @returns the log-odds of a row. */
export function logOddsOf({ prior, roots, columns, numbers, rights }: Forest, row: Float32Array): number {
  let sum = prior;
  for (const root of roots) {
    let at = root;
    let column = columns[at] as number;
    while (column >= 0) {
      at = (row[column] as number) < (numbers[at] as number) ? at + 1 : (rights[at] as number);
      column = columns[at] as number;
    }
    sum += numbers[at] as number;
  }
  return sum;
}
