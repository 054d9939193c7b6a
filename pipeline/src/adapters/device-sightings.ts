import type { DeviceKind } from '@wayside/contracts/device-status';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { IncomingMessage } from '../app/event-log.ts';

/** What a batch of messages tells of one device; undefined where it tells nothing new. */
export interface Sighting {
  readonly device: string;
  readonly kind: DeviceKind;
  readonly state: 'online' | 'stopping' | 'lost';
  readonly bootId: string;
  readonly lastSeenMs: number;
  /** The highest sequence; a last will has 0, and stands outside the order. */
  readonly lastSequence: number;
  readonly software?: string | undefined;
  readonly siteId?: string | undefined;
  readonly clockState?: string | undefined;
}

/** Duplicates count too: a device that sends again is there. @returns one sighting a device, in order of device. */
export function sightingsOf(messages: readonly IncomingMessage[]): readonly Sighting[] {
  const sightings = new Map<string, Sighting>();
  for (const { message, receivedAtMs } of messages)
    sightings.set(message.device, fold(sightings.get(message.device), seenIn(message, receivedAtMs)));
  return [...sightings.values()].sort((a, b) => (a.device < b.device ? -1 : 1));
}

const fold = (before: Sighting | undefined, seen: Sighting): Sighting => ({
  ...seen,
  lastSequence: Math.max(seen.lastSequence, before?.lastSequence ?? 0),
  software: seen.software ?? before?.software,
  siteId: seen.siteId ?? before?.siteId,
  clockState: seen.clockState ?? before?.clockState,
});

function seenIn(message: DeviceMessage, lastSeenMs: number): Sighting {
  const common = {
    device: message.device,
    bootId: message.bootid,
    lastSeenMs,
    lastSequence: message.sequence,
  };
  switch (message.type) {
    case 'org.wayside.observations.v1':
      return {
        ...common,
        kind: 'camera',
        state: 'online',
        siteId: message.data.site.id,
        clockState: message.data.clock.state,
      };
    case 'org.wayside.signals.v1':
      return {
        ...common,
        kind: 'signal',
        state: 'online',
        siteId: message.data.site.id,
        clockState: message.data.clock.state,
      };
    case 'org.wayside.report.v1':
      return { ...common, kind: 'handheld', state: 'online' };
    case 'org.wayside.status.v1': {
      const { kind, state, software, site } = message.data;
      return { ...common, kind, state, software, siteId: site?.id };
    }
  }
}
