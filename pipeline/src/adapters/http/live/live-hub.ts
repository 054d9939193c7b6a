/** Hands each event of the live bus to every page that listens. It keeps the newest events and the clients, both bounded. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../app/clock.ts';
import type { StreetBus } from '../../../app/live-bus.ts';
import { EventRing } from './event-ring.ts';
import { LiveClient, type LiveLimits, type LiveSink } from './live-client.ts';

export interface HubLimits extends LiveLimits {
  readonly maxClients: number;
  readonly keptEvents: number;
}

export const DEFAULT_LIMITS: HubLimits = {
  maxClients: 200,
  keptEvents: 2000,
  maxWaiting: 500,
  maxWaitingWithStreet: 100,
  maxStallMs: 30_000,
};

export interface Listening {
  readonly site: string | undefined;
  /** The last event the client saw; undefined where it is new and wants only what comes. */
  readonly lastEventId: string | undefined;
}

export interface LiveHub {
  readonly isFull: () => boolean;
  /** Sends what was missed, then all that comes. @returns the function to call once the client has gone. */
  readonly listen: (sink: LiveSink, of: Listening) => () => void;
  /** Ends the subscription and every client. */
  readonly close: () => void;
}

export function createLiveHub(bus: StreetBus, clock: Clock, limits: HubLimits): LiveHub {
  const ring = new EventRing(randomBytes(6).toString('hex'), limits.keptEvents);
  const clients = new Set<LiveClient>();
  const unsubscribe = bus.subscribe((event) => {
    const numbered = ring.push(event);
    for (const client of clients) client.offer(numbered);
  });
  return {
    isFull: () => clients.size >= limits.maxClients,
    listen: (sink, { site, lastEventId }) => {
      const client = new LiveClient(sink, { site, limits, clock });
      clients.add(client);
      const unwatch = bus.watchStreets();
      if (lastEventId !== undefined) client.resume(ring.since(lastEventId));
      return () => {
        clients.delete(client);
        unwatch();
        client.close();
      };
    },
    close: () => {
      unsubscribe();
      for (const client of clients) client.close();
      clients.clear();
    },
  };
}
