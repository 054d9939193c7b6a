/** Who works here: stands before the pages of the office until the house knows. */
import { Button, TextInput } from '@mantine/core';
import type { Officer, OfficerSession } from '@wayside/contracts/officers';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useEnterOffice, useOfficer } from '../../api/office.ts';
import { Failed, Loading } from '../../parts/states.tsx';
import { office, roles } from '../../words.ts';
import classes from './officer-gate.module.css';

export function OfficerGate({ children }: { readonly children: (officer: Officer) => ReactNode }) {
  const { data, error, refetch } = useOfficer();
  if (error && !data) return <Failed error={error} retry={refetch} />;
  if (!data) return <Loading lines={4} height={28} />;
  if (!data.officer) return data.demo.length > 0 ? <Choice session={data} /> : <TokenForm />;
  return (
    <>
      <Badge officer={data.officer} />
      {children(data.officer)}
    </>
  );
}

const rolesOf = (officer: Officer): string => officer.roles.map((role) => roles[role]).join(', ');

function Badge({ officer }: { readonly officer: Officer }) {
  const { mutate } = useEnterOffice();
  return (
    <p className={classes['badge']}>
      {office.as(officer.name, rolesOf(officer))}
      <Button variant="subtle" size="compact-xs" onClick={() => mutate(undefined)}>
        {office.leave}
      </Button>
    </p>
  );
}

function Choice({ session }: { readonly session: OfficerSession }) {
  const { mutate, isPending } = useEnterOffice();
  return (
    <div className={classes['gate']}>
      <h1>{office.who}</h1>
      <p>{office.invented}</p>
      <ul>
        {session.demo.map((officer) => (
          <li key={officer.id}>
            <Button
              variant="default"
              fullWidth
              justify="space-between"
              disabled={isPending}
              rightSection={<small>{rolesOf(officer)}</small>}
              onClick={() => mutate({ demo: officer.id })}
            >
              {officer.name}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function TokenForm() {
  const [token, setToken] = useState('');
  const { mutate, error, isPending } = useEnterOffice();
  const enter = (event: SubmitEvent) => {
    event.preventDefault();
    mutate({ token });
  };
  return (
    <form className={classes['gate']} onSubmit={enter}>
      <h1>{office.who}</h1>
      <p>{office.tokenText}</p>
      <TextInput
        type="password"
        autoComplete="current-password"
        label={office.token}
        value={token}
        error={error ? office.wrong : undefined}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" loading={isPending} disabled={token === ''}>
        {office.enter}
      </Button>
    </form>
  );
}
