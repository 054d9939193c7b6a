/** Four numbers that tell at a glance whether the house does its work. */
import type { ReactNode } from 'react';
import { useCounters, useDevices } from '../../api/queries.ts';
import { decimal, duration, integer, MISSING } from '../../format/numbers.ts';
import { quantile } from '../../live/latency.ts';
import { useLive } from '../../live/use-live.ts';
import { Icon } from '../../parts/icon.tsx';
import { live } from '../../words.ts';
import classes from './numbers-strip.module.css';
import { sum, useMinutes } from './use-minutes.ts';

export function NumbersStrip() {
  return (
    <dl className={classes['strip']}>
      <HourCell />
      <HoldTimeCell />
      <BooksCell />
      <DevicesCell />
    </dl>
  );
}

function Cell(of: {
  readonly name: string;
  readonly value: ReactNode;
  readonly hint: string;
  readonly mood?: 'good' | 'bad' | undefined;
}) {
  return (
    <div className={classes['cell']}>
      <dt className={classes['name']}>{of.name}</dt>
      <dd className={classes['line']}>
        <span className={`${classes['value']} ${of.mood ? (classes[of.mood] ?? '') : ''}`}>{of.value}</span>
        <span className={classes['hint']}>{of.hint}</span>
      </dd>
    </div>
  );
}

function HourCell() {
  const { series } = useMinutes();
  const infractions = sum(series.infraction);
  const all = infractions + sum(series.undecided) + sum(series.clear);
  const share = all === 0 ? MISSING : `${decimal((100 * infractions) / all, 0)} %`;
  return <Cell name={live.hour} value={integer(infractions)} hint={live.hourHint(share)} />;
}

function HoldTimeCell() {
  const samples = useLive((state) => state.holdTimesMs);
  const slow = duration(quantile(samples, 0.95));
  return (
    <Cell
      name={live.holdTime}
      value={duration(quantile(samples, 0.5))}
      hint={samples.length === 0 ? live.holdTimeNone : live.holdTimeHint(slow, samples.length)}
    />
  );
}

function BooksCell() {
  const { data } = useCounters();
  if (!data) return <Cell name={live.books} value={MISSING} hint="" />;
  const value = (
    <>
      <Icon name={data.balanced ? 'check' : 'alert'} size={20} />
      {data.balanced ? live.booksOk : live.booksOff}
    </>
  );
  return (
    <Cell
      name={live.books}
      value={value}
      mood={data.balanced ? 'good' : 'bad'}
      hint={
        data.balanced ? live.booksHint(integer(data.intake.received)) : live.booksFaults(data.faults.length)
      }
    />
  );
}

function DevicesCell() {
  const { data } = useDevices();
  if (!data) return <Cell name={live.devices} value={MISSING} hint="" />;
  const online = data.items.filter(({ state }) => state === 'online').length;
  const lost = data.items.length - online;
  return (
    <Cell
      name={live.devices}
      value={live.devicesOf(online, data.items.length)}
      hint={lost === 0 ? live.devicesAll : live.devicesLost(lost)}
    />
  );
}
