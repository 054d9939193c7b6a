/** Detection to hold, over the newest holds: bounded, exact over what it keeps. */
export interface LatencySummary {
  /** Holds measured since the start, also those no longer kept. */
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface LatencyRecorder {
  add(ms: number): void;
  summary(): LatencySummary;
}

const KEPT = 8_192;

export function createLatencyRecorder(kept = KEPT): LatencyRecorder {
  const newest = new Float64Array(kept);
  let count = 0;
  return {
    add: (ms) => {
      newest[count % kept] = ms;
      count += 1;
    },
    summary: () => summarise(newest.slice(0, Math.min(count, kept)).sort(), count),
  };
}

function summarise(sorted: Float64Array, count: number): LatencySummary {
  // Nearest rank: the smallest value that at least this share of all does not exceed.
  const rank = (share: number): number | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { count, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) };
}
