/** How long until a clock of the law runs out: a bar would be too coarse for days, so words. */
import { useNowMs } from '../../live/use-live.ts';
import { dayTime, zoneName } from '../../format/zone.ts';
import { cases } from '../../words.ts';
import classes from './cases-page.module.css';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SOON_MS = 2 * DAY_MS;

const span = (ms: number): string =>
  ms >= SOON_MS
    ? `${Math.floor(ms / DAY_MS)} d`
    : ms >= HOUR_MS
      ? `${Math.floor(ms / HOUR_MS)} h`
      : `${Math.max(0, Math.ceil(ms / 60_000))} min`;

export function ClockLeft({ at, zone }: { readonly at: string; readonly zone: string }) {
  const leftMs = Date.parse(at) - useNowMs();
  const words = leftMs < 0 ? cases.late(span(-leftMs)) : cases.left(span(leftMs));
  return (
    <span className={leftMs < SOON_MS ? classes['soon'] : undefined}>
      <time dateTime={at} title={`${dayTime(at, zone)} ${zoneName(at, zone)}`}>
        {words}
      </time>
    </span>
  );
}
