/** What the traffic light of the vehicle's lane showed at a moment of the replay. */
import type { SignalRecord } from '@wayside/contracts/signal-phases';

export interface Shown {
  readonly state: SignalRecord['state'][number];
  /** Since when, as far as the record goes back. */
  readonly sinceMs: number;
}

/** @returns undefined outside the record. */
export function signalAt({ fromMs, toMs, atMs, state }: SignalRecord, nowMs: number): Shown | undefined {
  if (nowMs < fromMs || nowMs > toMs) return undefined;
  const i = atMs.findLastIndex((changedMs) => changedMs <= nowMs);
  const shown = state[i];
  return shown && { state: shown, sinceMs: atMs[i] ?? fromMs };
}
