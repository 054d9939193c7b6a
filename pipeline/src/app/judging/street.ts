/** What a site looks like from above right now, for pages: a few times a second and no more. */
import type { LiveEvent } from '@wayside/contracts/http';
import type { ObservationBatch, ObservedObject } from '@wayside/contracts/observation-batch';
import type { LoggedMessage } from '../event-log.ts';

type Street = Extract<LiveEvent, { readonly kind: 'street' }>;
type StreetObject = Street['objects'][number];

const MIN_INTERVAL_MS = 200;
const MAX_SITES = 10_000;

/** @returns for a batch of messages the newest snapshot of each site that is due one. */
export function createStreet(): (batch: readonly LoggedMessage[], nowMs: number) => readonly Street[] {
  const shownAtMs = new Map<string, number>();
  return (batch, nowMs) => {
    const newest = new Map<string, ObservationBatch>();
    for (const { message } of batch)
      if (message.type === 'org.wayside.observations.v1') newest.set(message.data.site.id, message.data);
    const due = [...newest].filter(([site]) => nowMs - (shownAtMs.get(site) ?? -Infinity) >= MIN_INTERVAL_MS);
    if (shownAtMs.size + due.length > MAX_SITES) shownAtMs.clear();
    for (const [site] of due) shownAtMs.set(site, nowMs);
    return due.map(([, observations]) => snapshotOf(observations));
  };
}

/** Where everything was in the last frame; what has left the picture by then is not shown. */
function snapshotOf({ site, frames, objects }: ObservationBatch): Street {
  const last = frames.dtMs.length - 1;
  return {
    kind: 'street',
    site: site.id,
    at: new Date(frames.startMs + (frames.dtMs[last] ?? 0)).toISOString(),
    objects: objects.filter(({ frame }) => frame.at(-1) === last).map(lastPosition),
  };
}

function lastPosition(object: ObservedObject): StreetObject {
  const { track, kind, headingMrad, lengthCm, widthCm } = object;
  const heading = headingMrad?.at(-1);
  return {
    track,
    kind,
    xMetres: (object.xCm.at(-1) ?? 0) / 100,
    yMetres: (object.yCm.at(-1) ?? 0) / 100,
    ...(heading !== undefined && { headingRadians: heading / 1000 }),
    ...(lengthCm !== undefined && { lengthMetres: lengthCm / 100 }),
    ...(widthCm !== undefined && { widthMetres: widthCm / 100 }),
  };
}
