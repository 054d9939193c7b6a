import { Button } from '@mantine/core';
import type { CaseDetail } from '@wayside/contracts/http-cases';
import type { Officer } from '@wayside/contracts/officers';
import { useCaseFile, useOfficer } from '../../api/office.ts';
import { dayTime } from '../../format/zone.ts';
import { Card } from '../../parts/card.tsx';
import { caseDetail as words, noticeKinds, noticeStates } from '../../words.ts';
import classes from './case-page.module.css';

/** What was written to whom, and what became of it. */
export function LettersCard({ detail, officer }: { readonly detail: CaseDetail; readonly officer: Officer }) {
  const { resend } = useCaseFile(detail.case.id);
  const { data } = useOfficer();
  const invented = (data?.demo.length ?? 0) > 0;
  const mayResend = officer.roles.some((role) => role === 'clerk' || role === 'admin');
  return (
    <Card title={words.letters}>
      {detail.notices.length === 0 && <p className={classes['muted']}>{words.noLetters}</p>}
      {detail.notices.map(({ id, kind, state, deliveredAt, queuedAt, attempts, failure }) => (
        <div key={id} className={classes['letter']}>
          <span>
            <a href={`/api/notices/${id}/letter`} target="_blank" rel="noreferrer">
              {noticeKinds[kind]}
            </a>
            <small>
              {dayTime(deliveredAt ?? queuedAt, detail.evidence.timeZone)}
              {attempts > 1 && ` · ${words.attempts(attempts)}`}
              {failure !== null && ` · ${failure}`}
            </small>
          </span>
          <span>
            {noticeStates[state]}
            {invented && (
              <small>
                <a href={`/api/notices/${id}/letter?as=recipient`} target="_blank" rel="noreferrer">
                  {words.asSent}
                </a>
              </small>
            )}
            {state === 'failed' && mayResend && (
              <Button variant="default" size="compact-xs" onClick={() => resend.mutate(id)}>
                {words.resend}
              </Button>
            )}
          </span>
        </div>
      ))}
    </Card>
  );
}
