/** What both sides said about one item, and a place to say more. */
import { Button, Textarea } from '@mantine/core';
import type { PortalCase } from '@wayside/contracts/http-portal';
import { useState, type SubmitEvent } from 'react';
import { besideWhat } from './beside.ts';
import { SHOWN } from './shown-measures.ts';
import { usePortalFile } from './portal-api.ts';
import classes from './portal.module.css';
import { shortMoment, usePortalWords } from './use-words.ts';

export function Remarks({
  found,
  about,
  name,
}: {
  readonly found: PortalCase;
  readonly about: string;
  readonly name: string;
}) {
  const words = usePortalWords();
  const said = found.comments.filter((comment) => besideWhat(comment.about, SHOWN) === about);
  const ended = found.state === 'posted' || found.state === 'released';
  return (
    <div className={classes['remarks']}>
      {said.map(({ id, by, at, text }) => (
        <blockquote key={id}>
          <small>
            {by === 'officer' ? words.they : words.you}, {shortMoment(at, found.timeZone, words)}
          </small>
          {text}
        </blockquote>
      ))}
      {!ended && <Say id={found.id} about={about} name={name} />}
    </div>
  );
}

function Say({ id, about, name }: { readonly id: string; readonly about: string; readonly name: string }) {
  const words = usePortalWords();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { comment } = usePortalFile(id);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    comment.mutate(
      { about, text },
      {
        onSuccess: () => {
          setText('');
          setOpen(false);
        },
      },
    );
  };
  if (!open)
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={`${words.comment}: ${name}`}
        onClick={() => setOpen(true)}
      >
        {words.comment}
      </Button>
    );
  return (
    <form onSubmit={send}>
      <Textarea
        label={words.commentLabel(name)}
        rows={3}
        maxLength={4000}
        value={text}
        error={comment.error?.message}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes['actions']}>
        <Button type="submit" size="xs" loading={comment.isPending} disabled={text.trim() === ''}>
          {words.send}
        </Button>
        <Button variant="default" size="xs" onClick={() => setOpen(false)}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
