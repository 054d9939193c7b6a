/**
 * A table cut into bins, column by column, at quantiles: a split is then sought among a hundred edges instead of among all
 * the values (Ke et al. 2017, LightGBM).
 */
export interface BinnedColumn {
  /** Of each row: how many edges are not above its value. */
  readonly codes: Uint8Array;
  /** Ascending. */
  readonly edges: Float32Array;
}

export const BINS = 128;
/** So many rows tell the quantiles. */
const SAMPLE = 40_000;

export function binColumns(rows: readonly Float32Array[]): readonly BinnedColumn[] {
  const stride = Math.ceil(rows.length / SAMPLE);
  const sample = rows.filter((_, i) => i % stride === 0);
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => {
    const edges = edgesOf(Float32Array.from(sample, (row) => row[column] as number).sort());
    return { edges, codes: Uint8Array.from(rows, (row) => codeOf(edges, row[column] as number)) };
  });
}

/** Every value but the least where they are few, else those at quantiles. */
function edgesOf(sorted: Float32Array): Float32Array {
  const values = new Set(sorted);
  const places = Array.from({ length: BINS }, (_, k) => Math.floor((k * sorted.length) / BINS));
  const cuts = values.size <= BINS ? values : new Set(places.map((place) => sorted[place] as number));
  cuts.delete(sorted[0] as number);
  return Float32Array.from(cuts);
}

function codeOf(edges: Float32Array, value: number): number {
  let [from, to] = [0, edges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((edges[middle] as number) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}
