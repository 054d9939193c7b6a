/** How long to wait before trying again. */
export interface BackoffLimits {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const DEFAULT_BACKOFF: BackoffLimits = { firstMs: 500, longestMs: 60_000 };

/**
 * Doubles with each attempt up to `longestMs`, of which a random part between half and all is taken, so that a fleet
 * that lost its broker at one moment does not come back at one moment.
 * @param attempt how many attempts in a row came to nothing, from 0
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, { firstMs, longestMs }: BackoffLimits, random: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30));
  return Math.round(ceiling * (0.5 + random / 2));
}
