import type { NoticeView } from '@wayside/contracts/notice';
import { Card } from '../parts/card.tsx';
import classes from './portal.module.css';
import { shortMoment, useLanguage, usePortalWords } from './use-words.ts';

/** One's letters, to be read again. */
export function LetterList({
  letters,
  zone,
}: {
  readonly letters: readonly NoticeView[];
  readonly zone: string;
}) {
  const words = usePortalWords();
  const language = useLanguage();
  return (
    <Card title={words.letters}>
      <ul className={classes['letters']}>
        {letters.map(({ id, kind, deliveredAt, queuedAt }) => (
          <li key={id}>
            <a href={`/api/portal/letters/${id}?language=${language}`} target="_blank" rel="noreferrer">
              {words.letterKinds[kind]}
            </a>
            <a
              href={`/api/portal/letters/${id}?language=${language}&format=pdf`}
              target="_blank"
              rel="noreferrer"
            >
              {words.pdf}
            </a>
            <small>{shortMoment(deliveredAt ?? queuedAt, zone, words)}</small>
          </li>
        ))}
      </ul>
    </Card>
  );
}
