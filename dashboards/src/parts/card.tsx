import { useId, type ReactNode } from 'react';
import classes from './card.module.css';

/** One titled part of a page. */
export function Card(of: {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  readonly flush?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`${classes['card']} ${of.className ?? ''}`} aria-labelledby={id}>
      <header className={classes['head']}>
        <h2>
          <span id={id}>{of.title}</span>
          {of.hint !== undefined && <span className={classes['hint']}>{of.hint}</span>}
        </h2>
        {of.actions}
      </header>
      {of.flush ? of.children : <div className={classes['body']}>{of.children}</div>}
    </section>
  );
}
