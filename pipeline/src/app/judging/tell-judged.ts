import type { DeviceMessage } from '@wayside/contracts/messages';
import type { LoggedMessage } from '../event-log.ts';
import type { Recorded } from '../record/recorder.ts';
import type { Tracer } from '../trace.ts';
import type { Cursor } from './cursor.ts';

export interface JudgedStretch {
  /** Before the batch: what was committed then has been told already. */
  readonly cursor: Cursor;
  readonly messages: readonly LoggedMessage[];
  readonly recorded: Recorded;
  readonly startMs: number;
  readonly endMs: number;
}

/** After the commit: one span a message, which names the infractions that it completed. */
export function tellJudged(
  tracer: Tracer,
  { cursor, messages, recorded, startMs, endMs }: JudgedStretch,
): void {
  const { partition, committedOffset } = cursor;
  const completed = infractionsByOffset(recorded);
  for (const { offset, message } of messages) {
    if (offset <= committedOffset) continue;
    const { id, device } = message;
    const infractions = completed.get(offset) ?? [];
    const site = siteOf(message);
    tracer.tell({
      name: 'judge',
      message: id,
      device,
      site,
      partition,
      offset,
      infractions,
      startMs,
      endMs,
    });
  }
}

function infractionsByOffset({ verdicts, infractions }: Recorded): ReadonlyMap<number, readonly string[]> {
  const byOffset = new Map<number, readonly string[]>();
  if (infractions.length === 0) return byOffset;
  const offsets = new Map(verdicts.map(({ verdict, completedBy }) => [verdict.id, completedBy.offset]));
  for (const { id, verdictId } of infractions) {
    const offset = offsets.get(verdictId);
    if (offset !== undefined) byOffset.set(offset, [...(byOffset.get(offset) ?? []), id]);
  }
  return byOffset;
}

/** A report's place is a seat in a train, and is left out. */
function siteOf(message: DeviceMessage): string | undefined {
  switch (message.type) {
    case 'org.wayside.observations.v1':
    case 'org.wayside.signals.v1':
      return message.data.site.id;
    case 'org.wayside.report.v1':
    case 'org.wayside.status.v1':
      return undefined;
  }
}
