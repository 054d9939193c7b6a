import { Button } from '@mantine/core';
import type { DeadLetterView } from '@wayside/contracts/http';
import { useState } from 'react';
import { useDeadLetters } from '../../api/queries.ts';
import { bytes, integer } from '../../format/numbers.ts';
import { dayTime, readerZone } from '../../format/zone.ts';
import { Card } from '../../parts/card.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { house } from '../../words.ts';
import classes from './house-page.module.css';

const STEP = 10;
const MAX_SHOWN = 500;

export function DeadLettersCard() {
  const [limit, setLimit] = useState(STEP);
  const { data, error, refetch } = useDeadLetters(limit);
  return (
    <Card title={house.deadLetters} hint={data && house.deadLettersHint(integer(data.total))} flush>
      {!data && (error ? <Failed error={error} retry={refetch} /> : <Loading lines={4} />)}
      {data?.total === 0 && <Empty icon="check" title={house.noDeadLetters} text={house.noDeadLettersText} />}
      {data && data.total > 0 && (
        <>
          <p className={classes['reasons']}>
            {data.reasons.map(({ reason, count }) => (
              <span key={reason}>
                {reasonInWords(reason)} <b>{integer(count)}</b>
              </span>
            ))}
          </p>
          <Letters letters={data.items} />
          {data.next !== null && limit < MAX_SHOWN && (
            <p className={classes['more']}>
              <Button
                variant="default"
                size="xs"
                onClick={() => setLimit(Math.min(limit + 3 * STEP, MAX_SHOWN))}
              >
                {house.more}
              </Button>
            </p>
          )}
        </>
      )}
    </Card>
  );
}

function Letters({ letters }: { readonly letters: readonly DeadLetterView[] }) {
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <th scope="col">{house.received}</th>
          <th scope="col">{house.reason}</th>
          <th scope="col" className={classes['optional']}>
            {house.topic}
          </th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <tr key={letter.id}>
            <td>{dayTime(letter.receivedAt, readerZone())}</td>
            <td className={classes['letter']}>
              {reasonInWords(letter.reason)}
              <small>{letter.detail}</small>
              <details>
                <summary>{house.showContent}</summary>
                <pre>{letter.preview}</pre>
              </details>
            </td>
            <td className={classes['optional']}>
              {letter.topic}
              <small>{bytes(letter.bytes)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const reasonInWords = (reason: string): string =>
  (house.reasons as Readonly<Record<string, string>>)[reason] ?? reason;
