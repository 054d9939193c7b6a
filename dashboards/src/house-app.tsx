/** The house's page with its live store. */
import type { ReactNode } from 'react';
import { App } from './app.tsx';
import { openLive } from './live/connection.ts';
import { createLiveStore } from './live/store.ts';
import { LiveProvider } from './live/use-live.ts';

/** Opens the line to the house, once and for as long as the page lives. */
export function openHouseApp(): ReactNode {
  const store = createLiveStore(Date.now);
  const line = openLive({
    onEvent: store.takeEvent,
    onSignal: store.takeSignal,
    onState: store.takeLine,
    onGap: store.takeGap,
  });
  store.onWatch(line.watch);
  return (
    <LiveProvider value={store}>
      <App />
    </LiveProvider>
  );
}
