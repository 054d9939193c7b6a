/** How good scores are: ranking, calibration, and shares with their intervals. */
export interface Scored {
  readonly score: number;
  readonly positive: boolean;
}

/** Area under the receiver operating characteristic (Mann and Whitney), ties counted half; NaN where one class is missing. */
export function auc(samples: readonly Scored[]): number {
  const sorted = [...samples].sort((a, b) => a.score - b.score);
  let [ranks, positives] = [0, 0];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++;
    const tied = sorted.slice(from, to).filter(({ positive }) => positive).length;
    ranks += (tied * (from + to + 1)) / 2;
    positives += tied;
    from = to;
  }
  const negatives = sorted.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export interface ReliabilityBin {
  readonly meanScore: number;
  readonly shareTrue: number;
  readonly count: number;
}

/** Ten bins of equal width; empty ones are left out. */
export function reliability(samples: readonly Scored[], bins = 10): readonly ReliabilityBin[] {
  return Array.from({ length: bins }, (_, k) => {
    const inside = samples.filter(({ score }) => Math.min(bins - 1, Math.floor(score * bins)) === k);
    const count = inside.length;
    const sum = inside.reduce((total, { score }) => total + score, 0);
    const positives = inside.filter(({ positive }) => positive).length;
    return { meanScore: sum / count, shareTrue: positives / count, count };
  }).filter(({ count }) => count > 0);
}

/** Expected calibration error (Naeini et al. 2015). */
export function calibrationError(samples: readonly Scored[], bins = 10): number {
  if (samples.length === 0) return Number.NaN;
  return (
    reliability(samples, bins).reduce(
      (sum, { meanScore, shareTrue, count }) => sum + count * Math.abs(meanScore - shareTrue),
      0,
    ) / samples.length
  );
}

export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z_95 = 1.96;

/** A share with its 95 % interval (Wilson 1927). */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: Number.NaN, low: 0, high: 1 };
  const p = count / of;
  const z2 = Z_95 ** 2;
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { count, of, share: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
