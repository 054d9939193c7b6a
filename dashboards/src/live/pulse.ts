/** Whether what the page shows is still what happens. */
export const STALE_AFTER_MS = 5_000;

export type LineState = 'connecting' | 'open' | 'broken';

export type Pulse =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly ageMs: number };

/** @param lastSignalMs when the house was last heard, heartbeats included; undefined before the first time. */
export function pulseOf(
  line: LineState,
  lastSignalMs: number | undefined,
  nowMs: number,
  startedMs: number,
): Pulse {
  const ageMs = nowMs - (lastSignalMs ?? startedMs);
  if (ageMs > STALE_AFTER_MS) return { kind: 'stale', ageMs };
  return lastSignalMs === undefined && line !== 'open' ? { kind: 'connecting' } : { kind: 'live' };
}
