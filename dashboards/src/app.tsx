/** The frame around every page: header, notices, keys, and which page an address means. */
import { Suspense, lazy, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { ApiError } from './api/client.ts';
import { useSites } from './api/queries.ts';
import { useLiveStore } from './live/use-live.ts';
import { LivePage } from './pages/live/live-page.tsx';
import { Failed, Loading } from './parts/states.tsx';
import classes from './shell/header.module.css';
import { Header } from './shell/header.tsx';
import { KeysHelp } from './shell/keys-help.tsx';
import { SignIn } from './shell/sign-in.tsx';
import { SimulatedNotice, StaleNotice } from './shell/status.tsx';
import { useKeys } from './shell/use-keys.ts';

const InfractionsPage = lazy(() => import('./pages/infractions/infractions-page.tsx'));
const InfractionPage = lazy(() => import('./pages/infraction/infraction-page.tsx'));
const AccountPage = lazy(() => import('./pages/account/account-page.tsx'));
const CasesPage = lazy(() => import('./pages/cases/cases-page.tsx'));
const CasePage = lazy(() => import('./pages/case/case-page.tsx'));
const HousePage = lazy(() => import('./pages/house/house-page.tsx'));

export function App() {
  const [helping, setHelping] = useState(false);
  const { error } = useSites();
  useFrameKeys(() => setHelping(true));
  if (error instanceof ApiError && error.code === 'locked') return <SignIn />;
  return (
    <>
      <Header onKeys={() => setHelping(true)} />
      <StaleNotice />
      <SimulatedNotice />
      <main id="content" className={classes['main']} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Pages />
        </Suspense>
      </main>
      <KeysHelp opened={helping} onClose={() => setHelping(false)} />
    </>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/" component={LivePage} />
      <Route path="/infractions" component={InfractionsPage} />
      <Route path="/infractions/:id">{({ id }) => <InfractionPage key={id} id={id} />}</Route>
      <Route path="/accounts/:id">{({ id }) => <AccountPage id={decodeURIComponent(id)} />}</Route>
      <Route path="/cases" component={CasesPage} />
      <Route path="/cases/:id">{({ id }) => <CasePage key={id} id={id} />}</Route>
      <Route path="/house" component={HousePage} />
      <Route>
        <Failed error={new ApiError('missing', '')} />
      </Route>
    </Switch>
  );
}

function useFrameKeys(onHelp: () => void): void {
  const [, navigate] = useLocation();
  const store = useLiveStore();
  useKeys({
    '?': onHelp,
    'g l': () => navigate('/'),
    'g i': () => navigate('/infractions'),
    'g c': () => navigate('/cases'),
    'g h': () => navigate('/house'),
    p: () => store.dispatch({ kind: store.get().feed.paused ? 'resume' : 'pause' }),
  });
}
