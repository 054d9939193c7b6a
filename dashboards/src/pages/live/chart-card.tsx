import type { Outcome } from '@wayside/contracts/verdict';
import { readerZone } from '../../format/zone.ts';
import { Card } from '../../parts/card.tsx';
import { OutcomeMark } from '../../parts/badges.tsx';
import { sharedZone, useSiteBook } from '../../parts/site-name.tsx';
import { Failed } from '../../parts/states.tsx';
import { live, outcomes } from '../../words.ts';
import classes from './chart-card.module.css';
import { MinuteChart } from './minute-chart.tsx';
import { sum, useMinutes } from './use-minutes.ts';

const ORDER: readonly Outcome[] = ['infraction', 'undecided', 'clear'];

/** How many verdicts of each outcome there were, minute by minute. */
export function ChartCard() {
  const { series, error, refetch } = useMinutes();
  const zone = sharedZone(useSiteBook().all) ?? readerZone();
  const legend = (
    <span className={classes['legend']}>
      {ORDER.map((outcome) => (
        <span key={outcome}>
          <OutcomeMark outcome={outcome} />
          {outcomes[outcome]}
        </span>
      ))}
    </span>
  );
  const summary = live.chartSummary(sum(series.infraction), sum(series.undecided), sum(series.clear));
  return (
    <Card
      title={live.verdicts}
      hint={<span className={classes['hint']}>{live.lastHour}</span>}
      actions={legend}
      flush
      className={classes['card']}
    >
      {error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <figure className={classes['chart']} role="img" aria-label={summary}>
          <MinuteChart series={series} zone={zone} />
        </figure>
      )}
    </Card>
  );
}
