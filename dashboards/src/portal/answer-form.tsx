/** What the person can do now: one button each, and behind it what must be said. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { CaseReason } from '@wayside/contracts/case';
import type { PortalCase, PortalOption } from '@wayside/contracts/http-portal';
import { useState, type SubmitEvent } from 'react';
import { sentence } from '../format/text.ts';
import { usePortalCommand, usePortalSession } from './portal-api.ts';
import classes from './portal.module.css';
import { usePortalWords } from './use-words.ts';

/** What is asked for stands first; what ends everything stands last. */
const ORDER = ['name-driver', 'appeal', 'withdraw', 'accept'];

export function AnswerForm({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  const [chosen, choose] = useState<string>();
  const options = [...found.options].sort((a, b) => ORDER.indexOf(a.event) - ORDER.indexOf(b.event));
  const option = options.find(({ event }) => event === chosen);
  if (option)
    return <Form key={option.event} found={found} option={option} onDone={() => choose(undefined)} />;
  return (
    <div className={classes['actions']}>
      {options.map(({ event }, i) => (
        <Button key={event} size="md" {...(i > 0 && { variant: 'default' })} onClick={() => choose(event)}>
          {words.actions[event]}
        </Button>
      ))}
    </div>
  );
}

function Form(of: {
  readonly found: PortalCase;
  readonly option: PortalOption;
  readonly onDone: () => void;
}) {
  const { found, option, onDone } = of;
  const words = usePortalWords();
  const { data: session } = usePortalSession();
  const { mutate, error, isPending } = usePortalCommand(found.id);
  const [reason, setReason] = useState<CaseReason | undefined>(option.reasons[0]);
  const [note, setNote] = useState('');
  const [other, setOther] = useState('');
  const names = option.event === 'name-driver';
  const driver = reason === 'keeper-names-driver' ? other.trim() : session?.account;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!reason) return;
    const said = { ...(note.trim() !== '' && { note: note.trim() }), ...(names && driver && { driver }) };
    mutate({ event: option.event, reason, version: found.version, ...said }, { onSuccess: onDone });
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <h2>{words.actions[option.event]}</h2>
      <p>{words.actionTexts[option.event]}</p>
      <ReasonSelect option={option} reason={reason} onChange={setReason} />
      {reason === 'keeper-names-driver' && (
        <TextInput
          label={words.driver}
          description={words.driverText}
          value={other}
          placeholder="road:plate_…"
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      )}
      {option.event === 'appeal' && (
        <Textarea
          label={words.note}
          rows={6}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {error && (
        <p className={classes['fault']} role="alert">
          {error.message}
        </p>
      )}
      <div className={classes['actions']}>
        <Button type="submit" loading={isPending} disabled={names && !driver}>
          {words.send}
        </Button>
        <Button variant="default" onClick={onDone}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}

function ReasonSelect(of: {
  readonly option: PortalOption;
  readonly reason: CaseReason | undefined;
  readonly onChange: (reason: CaseReason | undefined) => void;
}) {
  const words = usePortalWords();
  const { reasons } = of.option;
  if (reasons.length < 2) return null;
  return (
    <NativeSelect
      label={words.reason}
      value={of.reason}
      onChange={(event) => of.onChange(reasons.find((each) => each === event.currentTarget.value))}
      data={reasons.map((value) => ({ value, label: sentence(words.reasons[value]) }))}
    />
  );
}
