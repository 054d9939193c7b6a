import type { DueHold } from '../ledger/place-holds.ts';
import type { Tracer } from '../trace.ts';

/** Of a row of hold_due, what a span needs. */
export interface TracedHold {
  readonly holdId: string;
  readonly dueAtMs: number;
  /** Null in a row that was written before there were traces. */
  readonly messageId: string | null;
}

/** After the commit: one span a hold that was placed now. */
export function tellPlaced(
  tracer: Tracer,
  placed: readonly DueHold[],
  due: readonly TracedHold[],
  committedAtMs: number,
): void {
  const rows = new Map(due.map((row) => [row.holdId, row]));
  for (const { holdId, infractionId, detectedAtMs } of placed) {
    const { messageId = null, dueAtMs = committedAtMs } = rows.get(holdId) ?? {};
    if (messageId === null) continue;
    tracer.tell({
      name: 'hold',
      message: messageId,
      hold: holdId,
      infraction: infractionId,
      detectionToHoldMs: committedAtMs - detectedAtMs,
      startMs: dueAtMs,
      endMs: committedAtMs,
    });
  }
}
