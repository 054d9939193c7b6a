import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { ApiError } from '../api/client.ts';
import { useEnter } from './portal-api.ts';
import classes from './portal.module.css';
import { usePortalWords } from './use-words.ts';

/** The code in a letter leads here with the reference behind a #, which no server and no log ever sees. */
const printedReference = (): string => decodeURIComponent(location.hash.slice(1));

export function LoginForm() {
  const { login } = usePortalWords();
  const [reference, setReference] = useState(printedReference);
  const [pin, setPin] = useState('');
  const { mutate, error, isPending } = useEnter();
  const wrong = error instanceof ApiError && error.code === 'locked';
  const enter = (event: SubmitEvent) => {
    event.preventDefault();
    mutate({ reference, pin });
  };
  return (
    <form className={classes['login']} onSubmit={enter}>
      <h1>{login.title}</h1>
      <p>{login.text}</p>
      <TextInput
        label={login.reference}
        value={reference}
        placeholder="0000-0000-0000"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <TextInput
        label={login.pin}
        value={pin}
        placeholder="0000-0000"
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={40}
        error={wrong ? login.wrong : error?.message}
        onChange={(event) => setPin(event.currentTarget.value)}
      />
      <Button
        type="submit"
        size="md"
        loading={isPending}
        disabled={reference.trim() === '' || pin.trim() === ''}
      >
        {login.enter}
      </Button>
      <small>{login.privacy}</small>
    </form>
  );
}
