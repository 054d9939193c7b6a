/** One's case: how it stands, what one can do, what was seen, what was said. */
import { Button } from '@mantine/core';
import type { PortalCase } from '@wayside/contracts/http-portal';
import { CaseBadge } from '../parts/case-badge.tsx';
import { Card } from '../parts/card.tsx';
import { SeatCard } from '../parts/seat-card.tsx';
import { placeName } from '../parts/site-name.tsx';
import { Empty, Loading } from '../parts/states.tsx';
import { ReplayCard } from '../replay/replay-card.tsx';
import { AnswerForm } from './answer-form.tsx';
import { Documents } from './documents.tsx';
import { LetterList } from './letter-list.tsx';
import { Measured } from './measured.tsx';
import { usePortalCase } from './portal-api.ts';
import classes from './portal.module.css';
import { Remarks } from './remarks.tsx';
import { longDay, shortMoment, usePortalWords } from './use-words.ts';

export function PortalCasePage({ id }: { readonly id: string }) {
  const { data, error, refetch } = usePortalCase(id);
  if (data) return <Found found={data} />;
  return error ? <Unread retry={refetch} /> : <Loading lines={8} height={32} />;
}

/** The house's own words for a failure lead to its pages, which are not for this reader. */
function Unread({ retry }: { readonly retry: () => unknown }) {
  const [title, text, again] = usePortalWords().failed;
  return (
    <div className={classes['failed']} role="alert">
      <Empty icon="alert" title={title} text={text} />
      <Button variant="default" size="compact-sm" onClick={() => void retry()}>
        {again}
      </Button>
    </div>
  );
}

function Found({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  const simulated =
    found.evidence?.infraction.origin === 'simulation' || found.evidence?.evidence.body.report?.simulated;
  return (
    <article className={classes['case']}>
      {simulated && <p className={classes['stamp']}>{words.simulated}</p>}
      <header className={classes['head']}>
        <h1>{words.rules[found.rule]}</h1>
        <p>
          {placeName(found)}, {longDay(found.occurredAt, found.timeZone, words)} · {words.file}{' '}
          {found.fileNumber}
        </p>
      </header>
      <Standing found={found} />
      {found.evidence && <Evidence found={found} />}
      {found.role !== 'passed-on' && <Documents found={found} />}
      {found.letters.length > 0 && <LetterList letters={found.letters} zone={found.timeZone} />}
      {found.steps.length > 0 && <Steps found={found} />}
    </article>
  );
}

function Standing({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  const { state, lapses, role, timeZone, points } = found;
  const mine = found.options.some(({ event }) => event !== 'withdraw');
  return (
    <section className={classes['standing']}>
      <CaseBadge state={state} words={words.states[state]} />
      <p>{role === 'passed-on' ? words.passedOn : words.now(state, points, role === 'keeper')}</p>
      {lapses && (
        <p className={mine ? classes['deadline'] : undefined}>
          {words.untilWhom[mine ? 'you' : 'us']}{' '}
          <strong>{words.until(longDay(Date.parse(lapses.lastMoment) - 1, timeZone, words))}</strong>
        </p>
      )}
      <AnswerForm found={found} />
    </section>
  );
}

function Evidence({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  const { evidence } = found;
  if (!evidence) return null;
  const { report } = evidence.evidence.body;
  return (
    <>
      {evidence.evidence.body.verdict.kind === 'encounter' && (
        <div>
          <ReplayCard
            body={evidence.evidence.body}
            siteName={evidence.siteName}
            zone={found.timeZone}
            yieldedMps={undefined}
          />
          <Remarks found={found} about="replay" name={words.seen} />
        </div>
      )}
      {report && (
        <div>
          <SeatCard report={report} zone={found.timeZone} />
          <Remarks found={found} about="report" name={words.seen} />
        </div>
      )}
      <Measured found={found} />
    </>
  );
}

function Steps({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  return (
    <Card title={words.history}>
      <ol className={classes['steps']}>
        {found.steps.map(({ position, event, at, by, note, reason }) => (
          <li key={position}>
            <span>
              {words.steps[event]}
              <small>
                {shortMoment(at, found.timeZone, words)} · {words.by[by]} · {words.reasons[reason]}
              </small>
            </span>
            {note !== null && <blockquote>{note}</blockquote>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
