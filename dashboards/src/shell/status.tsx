/** Whether the house is heard: a pill in the header, and a line across the page where it is not. */
import { age } from '../format/numbers.ts';
import { pulseOf, type Pulse } from '../live/pulse.ts';
import { useLive, useNowMs } from '../live/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { useSites } from '../api/queries.ts';
import { simulatedNotice, status } from '../words.ts';
import classes from './header.module.css';

function usePulse(): Pulse {
  const line = useLive((state) => state.line);
  const lastSignalMs = useLive((state) => state.lastSignalMs);
  const startedMs = useLive((state) => state.startedMs);
  return pulseOf(line, lastSignalMs, useNowMs(), startedMs);
}

export function StatusPill() {
  const pulse = usePulse();
  const text = pulse.kind === 'stale' ? status.stale(age(pulse.ageMs)) : status[pulse.kind];
  return (
    <span className={`${classes['pill']} ${classes[pulse.kind] ?? ''}`} data-pulse={pulse.kind}>
      {pulse.kind === 'stale' ? <Icon name="alert" size={14} /> : <span className={classes['dot']} />}
      {text}
    </span>
  );
}

export function StaleNotice() {
  const pulse = usePulse();
  const heard = useLive((state) => state.lastSignalMs !== undefined);
  if (pulse.kind !== 'stale') return null;
  return (
    <p className={classes['notice']} role="status">
      <Icon name="alert" />
      <span>
        {heard ? status.staleNotice(age(pulse.ageMs)) : status.never} {status.reconnecting}
      </span>
    </p>
  );
}

/** Said once on top where nothing on the page is real. */
export function SimulatedNotice() {
  const { data } = useSites();
  const sites = data?.items ?? [];
  if (sites.length === 0 || sites.some(({ site }) => site.origin !== 'simulation')) return null;
  return (
    <aside className={`${classes['notice']} ${classes['simulated']}`}>
      <Icon name="simulated" size={14} />
      <span>{simulatedNotice}</span>
    </aside>
  );
}
