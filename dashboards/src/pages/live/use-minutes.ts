import { useMemo } from 'react';
import { useRollup } from '../../api/queries.ts';
import { minuteSeries } from '../../live/minutes.ts';
import { useLive, useNowMs } from '../../live/use-live.ts';

const MINUTES = 60;
const NOTHING = [] as const;

/** The verdicts of the last hour, minute by minute, of all sites. */
export function useMinutes() {
  const { data, error, refetch } = useRollup(MINUTES);
  const counts = useLive((state) => state.minutes);
  const minute = Math.floor(useNowMs() / 60_000);
  const rollup = data?.items ?? NOTHING;
  const series = useMemo(
    () => minuteSeries({ rollup: [...rollup], live: counts, nowMs: minute * 60_000, minutes: MINUTES }),
    [rollup, counts, minute],
  );
  return { series, loading: data === undefined && !error, error: data ? null : error, refetch };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
