/**
 * Whether what the model is shown is still what it learnt from: the population stability index of each input against its
 * deciles in training, over a window of the newest encounters. Below 0.1 nothing moved, above 0.25 much did (Siddiqi 2006).
 */
export interface Reference {
  /** For each input the edges of its bins, increasing; a flag has one. */
  readonly edges: readonly (readonly number[])[];
  /** For each input the share of training in each of its bins; one more than edges. */
  readonly shares: readonly (readonly number[])[];
}

const BINS = 10;

export function referenceOf(rows: readonly Float32Array[]): Reference {
  const width = rows[0]?.length ?? 0;
  const edges = Array.from({ length: width }, (_, j) => edgesOf(rows.map((row) => row[j] as number)));
  const counter = counterOf(edges);
  for (const row of rows) counter.count(row, 1);
  return {
    edges,
    shares: counter.counts.map((bins) => bins.map((count) => rounded(count / Math.max(1, rows.length)))),
  };
}

export interface Drift {
  readonly add: (row: Float32Array) => void;
  /** One index an input; undefined until the window has told enough. */
  readonly indices: () => readonly number[] | undefined;
}

const WINDOW = 2_000;
const ENOUGH = 500;

/** Remembers at most a window of encounters. */
export function createDrift({ edges, shares }: Reference): Drift {
  const newest: Float32Array[] = [];
  const counter = counterOf(edges);
  let next = 0;
  return {
    add(row) {
      const oldest = newest[next];
      if (oldest) counter.count(oldest, -1);
      counter.count(row, 1);
      newest[next] = row;
      next = (next + 1) % WINDOW;
    },
    indices() {
      if (newest.length < ENOUGH) return undefined;
      return counter.counts.map((bins, j) => stabilityIndex(bins, newest.length, shares[j] ?? []));
    },
  };
}

/** Σ (now − then) · ln(now / then), with half an encounter in each empty bin. */
function stabilityIndex(bins: readonly number[], total: number, then: readonly number[]): number {
  return bins.reduce((sum, count, k) => {
    const now = Math.max(count, 0.5) / total;
    const was = Math.max(then[k] ?? 0, 0.5 / total);
    return sum + (now - was) * Math.log(now / was);
  }, 0);
}

function counterOf(edges: Reference['edges']) {
  const counts = edges.map((inner) => new Array<number>(inner.length + 1).fill(0));
  return {
    counts,
    count(row: Float32Array, by: 1 | -1): void {
      for (const [j, bins] of counts.entries()) {
        const k = binOf(edges[j] ?? [], row[j] as number);
        bins[k] = (bins[k] ?? 0) + by;
      }
    },
  };
}

function binOf(edges: readonly number[], value: number): number {
  let k = 0;
  while (k < edges.length && value > (edges[k] as number)) k++;
  return k;
}

function edgesOf(values: readonly number[]): readonly number[] {
  const sorted = Float32Array.from(values).sort();
  const last = sorted.length - 1;
  const edges = Array.from({ length: BINS - 1 }, (_, k) =>
    rounded(sorted[Math.floor(((k + 1) * last) / BINS)] ?? 0),
  );
  return [...new Set(edges)].filter((edge) => edge < (sorted[last] ?? 0));
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
