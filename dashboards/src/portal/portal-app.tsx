/** The portal: another door to the same house, for one person and their own case. It hears nothing of the street. */
import { Button } from '@mantine/core';
import type { Language } from '@wayside/contracts/notice';
import type { PortalSession } from '@wayside/contracts/http-portal';
import { useState } from 'react';
import { Link, Route, Switch } from 'wouter';
import { placeName } from '../parts/site-name.tsx';
import { Empty, Loading } from '../parts/states.tsx';
import { EvidenceLanguage } from '../parts/evidence-words.ts';
import { CaseBadge } from '../parts/case-badge.tsx';
import { LetterList } from './letter-list.tsx';
import { LoginForm } from './login-form.tsx';
import { leave, usePortalSession } from './portal-api.ts';
import { PortalCasePage } from './portal-case-page.tsx';
import classes from './portal.module.css';
import { browserLanguage, LanguageContext, longDay, usePortalWords, WORDS } from './use-words.ts';

export function PortalApp() {
  const { data, isPending } = usePortalSession();
  const [chosen, choose] = useState<Language>();
  const language = chosen ?? data?.language ?? browserLanguage();
  const words = WORDS[language];
  return (
    <LanguageContext value={language}>
      <EvidenceLanguage value={words.evidence}>
        <header className={classes['header']}>
          <Link href="/portal">{words.title}</Link>
          <span>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
            >
              {words.other}
            </Button>
            {data && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => void leave().then(() => location.assign('/portal'))}
              >
                {words.leave}
              </Button>
            )}
          </span>
        </header>
        <main className={classes['main']} lang={words.locale}>
          {isPending ? <Loading lines={6} height={28} /> : data ? <Inside session={data} /> : <LoginForm />}
        </main>
      </EvidenceLanguage>
    </LanguageContext>
  );
}

function Inside({ session }: { readonly session: PortalSession }) {
  const [only] = session.cases;
  return (
    <Switch>
      <Route path="/portal/:id">{({ id }) => <PortalCasePage id={id} />}</Route>
      <Route>
        {only && session.cases.length === 1 && session.letters.length === 0 ? (
          <PortalCasePage id={only.id} />
        ) : (
          <Overview session={session} />
        )}
      </Route>
    </Switch>
  );
}

function Overview({ session }: { readonly session: PortalSession }) {
  const words = usePortalWords();
  return (
    <>
      <h1>{words.cases}</h1>
      {session.cases.length === 0 && <Empty title={words.noCases} />}
      <ul className={classes['list']}>
        {session.cases.map((item) => (
          <li key={item.id}>
            <Link href={`/portal/${item.id}`}>{words.rules[item.rule]}</Link>
            <small>
              {placeName(item)}, {longDay(item.occurredAt, item.timeZone, words)}
            </small>
            <CaseBadge state={item.state} words={words.states[item.state]} />
          </li>
        ))}
      </ul>
      {session.letters.length > 0 && (
        <LetterList letters={session.letters} zone={session.cases[0]?.timeZone ?? 'UTC'} />
      )}
    </>
  );
}
