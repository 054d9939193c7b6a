/** Starts the page: the house, or the portal. */
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/queries.ts';
import { openHouseApp } from './house-app.tsx';
import { PortalApp } from './portal/portal-app.tsx';
import { Fence } from './shell/fence.tsx';
import './styles/mantine.css';
import './styles/tokens.css';
import './styles/base.css';

const theme = createTheme({ cursorType: 'pointer', respectReducedMotion: true });
const queries = createQueryClient();
/** Whoever comes with a letter sees their own case, and hears nothing of the street. */
const isPortal = /^\/portal(\/|$)/.test(location.pathname);
const app = isPortal ? <PortalApp /> : openHouseApp();
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
        <Fence>{app}</Fence>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
