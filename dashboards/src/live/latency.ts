/** The last few detection-to-hold times, and their quantiles. */
const MAX_SAMPLES = 500;

export const addSample = (samples: readonly number[], ms: number): readonly number[] =>
  [...samples, ms].slice(-MAX_SAMPLES);

/** @returns the smallest sample that at least the share `q` does not exceed (nearest rank), or undefined for none. */
export function quantile(samples: readonly number[], q: number): number | undefined {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
