/** Files of both sides, and one's own to add. */
import type { PortalCase } from '@wayside/contracts/http-portal';
import { useId, type ChangeEvent } from 'react';
import { Card } from '../parts/card.tsx';
import { bytes } from '../format/numbers.ts';
import { usePortalFile } from './portal-api.ts';
import classes from './portal.module.css';
import { Remarks } from './remarks.tsx';
import { usePortalWords } from './use-words.ts';

const TAKEN = 'image/jpeg,image/png,image/webp,application/pdf,video/mp4';

export function Documents({ found }: { readonly found: PortalCase }) {
  const words = usePortalWords();
  const ended = found.state === 'posted' || found.state === 'released';
  return (
    <Card title={words.documents}>
      {found.uploads.length === 0 && <p className={classes['muted']}>{words.noDocuments}</p>}
      <ul className={classes['letters']}>
        {found.uploads.map(({ id, name, bytes: size, by }) => (
          <li key={id}>
            <a href={`/api/portal/cases/${found.id}/uploads/${id}`}>{name}</a>
            <span>{bytes(size)}</span>
            <small>{by === 'officer' ? words.they : words.you}</small>
          </li>
        ))}
      </ul>
      {!ended && <Add id={found.id} />}
      <Remarks found={found} about="case" name={words.file} />
    </Card>
  );
}

function Add({ id }: { readonly id: string }) {
  const words = usePortalWords();
  const { upload } = usePortalFile(id);
  const input = useId();
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (file) upload.mutate(file);
  };
  return (
    <div className={classes['add']}>
      <label htmlFor={input}>{words.add}</label>
      <input id={input} type="file" accept={TAKEN} disabled={upload.isPending} onChange={take} />
      <small>{words.documentsText}</small>
      {upload.error && (
        <p className={classes['fault']} role="alert">
          {upload.error.message}
        </p>
      )}
    </div>
  );
}
