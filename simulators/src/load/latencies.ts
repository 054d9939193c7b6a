/** Latencies as a histogram of whole steps of about 4 %, so that a long run takes no more memory than a short one. */
export interface Latencies {
  readonly add: (ms: number) => void;
  readonly count: () => number;
  /** @returns the upper edge of the step that holds this share of them, in ms; null where there are none. */
  readonly percentile: (share: number) => number | null;
}

const STEP = Math.log(1.04);
const LEAST_MS = 0.1;
const STEPS = 400;

export function latencyHistogram(): Latencies {
  const counts = new Uint32Array(STEPS);
  let count = 0;
  return {
    add(ms) {
      const step = ms <= LEAST_MS ? 0 : Math.ceil(Math.log(ms / LEAST_MS) / STEP);
      const place = Math.min(STEPS - 1, step);
      counts[place] = (counts[place] ?? 0) + 1;
      count++;
    },
    count: () => count,
    percentile(share) {
      if (count === 0) return null;
      let left = share * count;
      const place = counts.findIndex((n) => (left -= n) <= 0);
      return Math.round(LEAST_MS * Math.exp(STEP * place) * 10) / 10;
    },
  };
}
