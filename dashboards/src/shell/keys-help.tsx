import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import { keys, nav } from '../words.ts';
import classes from './keys-help.module.css';

const GROUPS: readonly (readonly [string, readonly (readonly [string, readonly string[]])[]])[] = [
  [
    keys.everywhere,
    [
      [keys.rows.live, ['g', 'l']],
      [keys.rows.infractions, ['g', 'i']],
      [keys.rows.cases, ['g', 'c']],
      [keys.rows.house, ['g', 'h']],
      [keys.rows.pause, ['p']],
      [keys.rows.help, ['?']],
    ],
  ],
  [
    keys.list,
    [
      [keys.rows.next, ['j']],
      [keys.rows.previous, ['k']],
      [keys.rows.open, ['Enter']],
    ],
  ],
  [
    keys.replay,
    [
      [keys.rows.play, ['Space']],
      [keys.rows.step, ['←', '→']],
      [keys.rows.jump, ['1', '2', '3']],
    ],
  ],
];

export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (opened) dialog.current?.showModal();
    else dialog.current?.close();
  }, [opened]);
  return (
    <dialog ref={dialog} className={classes['dialog']} onClose={onClose} aria-label={keys.title}>
      <div className={classes['head']}>
        <h2>{keys.title}</h2>
        <Button variant="default" size="compact-sm" onClick={onClose}>
          {nav.close}
        </Button>
      </div>
      <div className={classes['body']}>
        {GROUPS.map(([title, rows]) => (
          <div key={title}>
            <h3>{title}</h3>
            {rows.map(([what, strokes]) => (
              <div key={what} className={classes['row']}>
                <span>{what}</span>
                <span>
                  {strokes.map((stroke) => (
                    <kbd key={stroke}>{stroke}</kbd>
                  ))}
                </span>
              </div>
            ))}
          </div>
        ))}
      </div>
    </dialog>
  );
}
