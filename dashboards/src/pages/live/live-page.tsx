/** What happens now: the street from above, the list as it grows, and the numbers that say whether all is well. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useRecent } from '../../api/queries.ts';
import { useLive, useLiveStore } from '../../live/use-live.ts';
import { live } from '../../words.ts';
import { ChartCard } from './chart-card.tsx';
import { FeedCard } from './feed-card.tsx';
import classes from './live-page.module.css';
import { NumbersStrip } from './numbers-strip.tsx';
import { StreetCard } from './street-card.tsx';

export function LivePage() {
  useHistory();
  return (
    <div className={classes['page']}>
      <h1 className={classes['title']}>{live.title}</h1>
      <NumbersStrip />
      <StreetCard />
      <FeedCard />
      <ChartCard />
    </div>
  );
}

/** What the house already has goes into the list, again after each break of the line. */
function useHistory(): void {
  const store = useLiveStore();
  const queries = useQueryClient();
  const resumed = useLive((state) => state.resumed);
  const deviceNews = useLive((state) => state.deviceNews);
  const { data } = useRecent();
  useEffect(() => {
    if (data) store.dispatch({ kind: 'history', infractions: data.items });
  }, [data, store]);
  useEffect(() => {
    if (resumed > 0) void queries.invalidateQueries();
  }, [resumed, queries]);
  useEffect(() => {
    if (deviceNews === 0) return;
    void queries.invalidateQueries({ queryKey: ['devices'] });
    void queries.invalidateQueries({ queryKey: ['sites'] });
  }, [deviceNews, queries]);
}
