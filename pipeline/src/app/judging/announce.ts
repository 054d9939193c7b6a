import type { LiveBus } from '../live-bus.ts';
import { decisiveReason, siteOf } from '../record/infractions.ts';
import type { Recorded } from '../record/recorder.ts';

/** Tells the pages what was recorded, after it was. */
export function announce(bus: LiveBus, { verdicts, infractions }: Recorded): void {
  for (const effect of verdicts)
    bus.publish({
      kind: 'verdict',
      site: siteOf(effect),
      outcome: effect.verdict.outcome,
      occurredAt: new Date(effect.verdict.occurredAtMs).toISOString(),
      reason: decisiveReason(effect),
    });
  for (const infraction of infractions) bus.publish({ kind: 'infraction', infraction });
}
