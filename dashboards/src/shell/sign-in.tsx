import { useState, type SubmitEvent } from 'react';
import { Button, TextInput } from '@mantine/core';
import { openSession } from '../api/client.ts';
import { failures, signIn } from '../words.ts';
import classes from './sign-in.module.css';

/** Stands in place of the page where the house asks for its token. */
export function SignIn() {
  const [token, setToken] = useState('');
  const [fault, setFault] = useState<string>();
  const enter = async (event: SubmitEvent) => {
    event.preventDefault();
    const taken = await openSession(token).catch(() => undefined);
    if (taken) window.location.reload();
    else setFault(taken === undefined ? failures.unreachable : signIn.wrong);
  };
  return (
    <form className={classes['form']} onSubmit={(event) => void enter(event)}>
      <h1>{signIn.title}</h1>
      <p>{signIn.text}</p>
      <TextInput
        type="password"
        autoComplete="current-password"
        label={signIn.token}
        value={token}
        error={fault}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" disabled={token === ''}>
        {signIn.enter}
      </Button>
    </form>
  );
}
