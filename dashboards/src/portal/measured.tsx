/** The measured values, each with what it was held against and what was said about it. */
import type { PortalCase } from '@wayside/contracts/http-portal';
import { Card } from '../parts/card.tsx';
import { decimal } from '../format/numbers.ts';
import classes from './portal.module.css';
import { Remarks } from './remarks.tsx';
import { ROWS } from './shown-measures.ts';
import { usePortalWords } from './use-words.ts';

type Thresholds = NonNullable<PortalCase['thresholds']>;

/** What the value was held against, where there is such a number. */
function limitOf(limits: Thresholds, name: (typeof ROWS)[number][0]): string | undefined {
  if (name === 'pet') return decimal(limits.clearPetSeconds, 1);
  if (name === 'slowest') return decimal(limits.yieldedMps * 3.6, 1);
  return name === 'stopped' ? decimal(limits.stopOnCrosswalkSeconds, 0) : undefined;
}

export function Measured({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  const measures = found.evidence?.infraction.measures ?? {};
  const rows = ROWS.flatMap(([name, key, say]) => {
    const value = measures[key];
    const limit = found.thresholds && limitOf(found.thresholds, name);
    const note = limit ? words.measures[name][1](limit) : '';
    return value === undefined ? [] : [{ name, key, value: say(value), note }];
  });
  if (rows.length === 0) return null;
  return (
    <Card title={words.measured}>
      <ul className={classes['measures']}>
        {rows.map(({ name, key, value, note }) => (
          <li key={key}>
            <p>
              <span>{words.measures[name][0]}</span> <strong>{value}</strong>
            </p>
            {note !== '' && <small>{note}</small>}
            <Remarks found={found} about={`measure:${key}`} name={words.measures[name][0]} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
