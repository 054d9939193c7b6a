/** What this officer may do now. Each step asks for its reason, and for words where the law wants them. */
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { CaseReason } from '@wayside/contracts/case';
import type { Officer } from '@wayside/contracts/officers';
import type { CaseCommand, CaseDetail, CaseOption } from '@wayside/contracts/http-cases';
import { useState, type SubmitEvent } from 'react';
import { useCaseCommand } from '../../api/office.ts';
import { sentence } from '../../format/text.ts';
import { Card } from '../../parts/card.tsx';
import { caseDetail as words, caseEvents, caseReasons } from '../../words.ts';
import classes from './case-page.module.css';

/** What needs no word of explanation. */
const AT_ONCE: readonly string[] = ['assign', 'hand-back'];

export function ActionsCard({ detail, officer }: { readonly detail: CaseDetail; readonly officer: Officer }) {
  const [chosen, choose] = useState<string>();
  // To take what is one's own already only holds it for longer: that is no step on, and stands last.
  const mine = detail.case.assigned?.officer === officer.id;
  const last = ({ event }: CaseOption) => Number(mine && event === 'assign');
  const open = detail.options.filter(({ refused }) => refused === null).sort((a, b) => last(a) - last(b));
  const shut = detail.options.filter(({ refused }) => refused !== null);
  const option = open.find(({ event }) => event === chosen);
  const { mutate, isPending } = useCaseCommand(detail.case.id);
  const over = detail.options.length === 0;
  return (
    <Card title={words.decide}>
      {open.length === 0 && <p>{over ? words.over : words.nothing}</p>}
      <div className={classes['options']}>
        <div className={classes['buttons']}>
          {open.map(({ event, reasons }) => (
            <Button
              key={event}
              {...(event !== chosen && { variant: 'default' })}
              {...(!AT_ONCE.includes(event) && { 'aria-expanded': event === chosen })}
              disabled={isPending}
              onClick={() => {
                const [reason] = reasons;
                if (AT_ONCE.includes(event) && reason)
                  mutate({ event, reason, version: detail.case.version });
                else choose(event === chosen ? undefined : event);
              }}
            >
              {mine && event === 'assign' ? words.keepLonger : caseEvents[event][0]}
            </Button>
          ))}
        </div>
        {option && (
          <CommandForm
            key={`${option.event} ${detail.case.version}`}
            option={option}
            detail={detail}
            onDone={() => choose(undefined)}
          />
        )}
      </div>
      {shut.length > 0 && <Refused options={shut} />}
    </Card>
  );
}

function Refused({ options }: { readonly options: readonly CaseOption[] }) {
  return (
    <details className={classes['refused']}>
      <summary>{words.refused}</summary>
      <ul>
        {options.map(({ event, refused }) => (
          <li key={event}>
            {caseEvents[event][0]}: {refused?.detail}
          </li>
        ))}
      </ul>
    </details>
  );
}

type Fields = Partial<Record<'note' | 'driver' | 'duplicateOf' | 'reference', string>>;

function CommandForm(of: {
  readonly option: CaseOption;
  readonly detail: CaseDetail;
  readonly onDone: () => void;
}) {
  const { option, detail, onDone } = of;
  const [reason, setReason] = useState<CaseReason | undefined>(option.reasons[0]);
  const [fields, setFields] = useState<Fields>({ driver: detail.case.account ?? '' });
  const { mutate, error, isPending } = useCaseCommand(detail.case.id);
  const set = (name: keyof Fields) => (event: { currentTarget: { value: string } }) =>
    setFields({ ...fields, [name]: event.currentTarget.value });
  const lacks = option.needs.some((need) => !fields[need]?.trim());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (reason) mutate(commandOf(option, detail, reason, fields), { onSuccess: onDone });
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      {option.reasons.length > 1 && (
        <NativeSelect
          label={words.reason}
          value={reason}
          onChange={(event) => setReason(option.reasons.find((each) => each === event.currentTarget.value))}
          data={option.reasons.map((value) => ({ value, label: sentence(caseReasons[value]) }))}
        />
      )}
      <FieldsOf option={option} fields={fields} set={set} />
      {error && (
        <p className={classes['fault']} role="alert">
          {error.message}
        </p>
      )}
      <Button type="submit" loading={isPending} disabled={lacks || reason === undefined}>
        {caseEvents[option.event][0]}
      </Button>
    </form>
  );
}

interface Setter {
  (name: keyof Fields): (event: { currentTarget: { value: string } }) => void;
}

const LABELS = { driver: words.driver, duplicateOf: words.duplicateOf, reference: words.reference } as const;

/** What must be said besides the reason. */
function FieldsOf({
  option,
  fields,
  set,
}: {
  readonly option: CaseOption;
  readonly fields: Fields;
  readonly set: Setter;
}) {
  const needsNote = option.needs.includes('note');
  const lines = (['driver', 'duplicateOf', 'reference'] as const).filter((name) =>
    name === 'reference' ? option.event === 'accept' : option.needs.includes(name),
  );
  return (
    <>
      {lines.map((name) => (
        <TextInput key={name} label={LABELS[name]} value={fields[name] ?? ''} onChange={set(name)} />
      ))}
      <Textarea
        label={needsNote ? words.note : words.noteOptional}
        description={needsNote ? words.noteText : undefined}
        rows={needsNote ? 5 : 2}
        value={fields.note ?? ''}
        onChange={set('note')}
      />
    </>
  );
}

function commandOf(
  option: CaseOption,
  { case: view }: CaseDetail,
  reason: CaseReason,
  fields: Fields,
): CaseCommand {
  const given = (name: keyof Fields): Fields => {
    const value = fields[name]?.trim();
    return value ? { [name]: value } : {};
  };
  return {
    event: option.event,
    reason,
    version: view.version,
    ...given('note'),
    ...given('reference'),
    ...(option.needs.includes('driver') && given('driver')),
    ...(option.needs.includes('duplicateOf') && given('duplicateOf')),
  };
}
