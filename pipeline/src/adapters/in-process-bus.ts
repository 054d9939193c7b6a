import type { LiveEvent } from '@wayside/contracts/http';
import type { Logger } from 'pino';
import type { StreetBus } from '../app/live-bus.ts';

/** Listeners are called at once and in turn; one that throws is logged and harms nobody else. It keeps nothing. */
export function createInProcessBus(logger: Logger): StreetBus {
  const listeners = new Set<(event: LiveEvent) => void>();
  const watchers = new Set<symbol>();
  return {
    publish: (event) => {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          logger.error({ err: error, kind: event.kind }, 'a listener of the live bus failed');
        }
      }
    },
    subscribe: (listener) => {
      // A wrapper of its own, so that the same function subscribed twice is ended once each.
      const entry = (event: LiveEvent): void => listener(event);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    streetsWatched: () => watchers.size > 0,
    watchStreets: () => {
      const watcher = Symbol();
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
