/** What stands where there is nothing to show: nothing yet, not yet, or not at all. */
import { Button, Skeleton } from '@mantine/core';
import { Link } from 'wouter';
import { ApiError } from '../api/client.ts';
import { failures, list } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import classes from './states.module.css';

export function Empty({
  title,
  text,
  icon = 'none',
}: {
  readonly title: string;
  readonly text?: string;
  readonly icon?: IconName;
}) {
  return (
    <div className={classes['state']}>
      <Icon name={icon} size={22} />
      <p className={classes['title']}>{title}</p>
      {text !== undefined && <p className={classes['text']}>{text}</p>}
    </div>
  );
}

export function Loading({ lines = 5, height = 18 }: { readonly lines?: number; readonly height?: number }) {
  return (
    <div className={classes['lines']} role="status" aria-label={list.loading}>
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} height={height} width={`${100 - ((i * 17) % 40)}%`} />
      ))}
    </div>
  );
}

export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => unknown }) {
  const missing = error instanceof ApiError && error.code === 'missing';
  return (
    <div className={classes['state']} role="alert">
      <Icon name="alert" size={22} />
      {missing ? <h1>{failures.missingTitle}</h1> : <p className={classes['title']}>{failures.title}</p>}
      <p className={classes['text']}>{messageOf(error)}</p>
      {missing || !retry ? (
        <Link href="/">{failures.home}</Link>
      ) : (
        <Button variant="default" size="compact-sm" onClick={() => void retry()}>
          {failures.retry}
        </Button>
      )}
    </div>
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error);
  if (error.code === 'missing') return failures.missing;
  return error.code === 'unreachable' ? failures.unreachable : error.message;
}
