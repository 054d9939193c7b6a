/** React's way to the live store, and to a clock that ticks. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LiveState, LiveStore } from './store.ts';

const LiveContext = createContext<LiveStore | undefined>(undefined);
export const LiveProvider = LiveContext.Provider;

export function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (!store) throw new Error('useLiveStore needs a LiveProvider around it');
  return store;
}

/** @param select must return the same object for the same state. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

const tick = (notify: () => void): (() => void) => {
  const timer = setInterval(notify, 500);
  return () => clearInterval(timer);
};

/** @returns the time in whole seconds' steps, so that what shows an age is drawn once a second. */
export const useNowMs = (): number => useSyncExternalStore(tick, () => Math.floor(Date.now() / 1000) * 1000);
