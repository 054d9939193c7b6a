/** Starts the page: makes the live store, keeps its line to the house, and draws. */
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/queries.ts';
import { App } from './app.tsx';
import { openLive } from './live/connection.ts';
import { createLiveStore } from './live/store.ts';
import { LiveProvider } from './live/use-live.ts';
import { Fence } from './shell/fence.tsx';
import './styles/mantine.css';
import './styles/tokens.css';
import './styles/base.css';

const store = createLiveStore(Date.now);
const line = openLive({
  onEvent: store.takeEvent,
  onSignal: store.takeSignal,
  onState: store.takeLine,
  onGap: store.takeGap,
});
store.onWatch(line.watch);

const theme = createTheme({ cursorType: 'pointer', respectReducedMotion: true });
const queries = createQueryClient();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

// Variables and classes of Mantine come from style sheets, not from inline <style>, so that a strict policy can hold.
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <LiveProvider value={store}>
          <Fence>
            <App />
          </Fence>
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
