import { Button, Textarea } from '@mantine/core';
import type { CaseDetail } from '@wayside/contracts/http-cases';
import { useState, type SubmitEvent } from 'react';
import { useCaseFile } from '../../api/office.ts';
import { bytes } from '../../format/numbers.ts';
import { dayTime } from '../../format/zone.ts';
import { Card } from '../../parts/card.tsx';
import { caseDetail as words } from '../../words.ts';
import classes from './case-page.module.css';

/** What both sides said and added. An answer is read by the person concerned. */
export function FileCard({ detail }: { readonly detail: CaseDetail }) {
  const { comments, uploads, evidence, case: view } = detail;
  const ended = view.state === 'posted' || view.state === 'released';
  return (
    <Card title={words.comments}>
      {comments.length === 0 && <p className={classes['muted']}>{words.noComments}</p>}
      {comments.map(({ id, about, by, at, text }) => (
        <div key={id} className={classes['said']}>
          {words.by[by]}, {words.about[about.split(':')[0] ?? ''] ?? about}
          <small>{dayTime(at, evidence.timeZone)}</small>
          <blockquote>{text}</blockquote>
        </div>
      ))}
      {!ended && <Reply id={view.id} />}
      <div className={classes['part']}>
        <h3>{words.uploads}</h3>
        {uploads.length === 0 && <p className={classes['muted']}>{words.noUploads}</p>}
        <ul className={classes['files']}>
          {uploads.map(({ id, name, bytes: size, by }) => (
            <li key={id}>
              <a href={`/api/cases/${view.id}/uploads/${id}`}>{name}</a>{' '}
              <span className={classes['muted']}>
                {bytes(size)}, {words.by[by]}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Reply({ id }: { readonly id: string }) {
  const [text, setText] = useState('');
  const { comment } = useCaseFile(id);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    comment.mutate({ about: 'case', text }, { onSuccess: () => setText('') });
  };
  return (
    <form className={classes['reply']} onSubmit={send}>
      <Textarea
        label={words.answer}
        rows={2}
        value={text}
        error={comment.error?.message}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={text.trim() === ''} loading={comment.isPending}>
        {words.send}
      </Button>
    </form>
  );
}
