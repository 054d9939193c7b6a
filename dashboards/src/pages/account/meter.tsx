import type { AccountView } from '@wayside/contracts/http';
import { account as words } from '../../words.ts';
import classes from './account-page.module.css';
import { meterCells } from './meter-cells.ts';

/** One cell a point: full where it is free, striped where it is held, orange where it is gone. */
export function Meter({ view }: { readonly view: AccountView }) {
  const cells = meterCells(view);
  const free = cells.length - view.held - view.posted;
  return (
    <div className={classes['meter']} role="img" aria-label={words.meter(view.held, view.posted, free)}>
      {cells.map((kind, i) => (
        <span key={i} className={`${classes['cell']} ${classes[kind] ?? ''}`} />
      ))}
    </div>
  );
}
