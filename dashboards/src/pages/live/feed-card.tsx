/** The infractions as they come, newest on top. */
import { Button, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { memo, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useRecent } from '../../api/queries.ts';
import { integer } from '../../format/numbers.ts';
import { clockTime, dayTime, zoneName } from '../../format/zone.ts';
import type { FeedItem } from '../../live/feed.ts';
import { useLive, useLiveStore } from '../../live/use-live.ts';
import { HoldBadge, OriginBadge, RuleLabel } from '../../parts/badges.tsx';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useSiteBook } from '../../parts/site-name.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { live, points } from '../../words.ts';
import classes from './feed-card.module.css';

const ANNOUNCE_EVERY_MS = 15_000;
const SHOWN_ON_PHONE = 20;

export function FeedCard() {
  const store = useLiveStore();
  const feed = useLive((state) => state.feed);
  const narrow = useMediaQuery('(max-width: 1080px)', false);
  const items = narrow ? feed.items.slice(0, SHOWN_ON_PHONE) : feed.items;
  const toggle = (
    <Button
      variant="default"
      size="compact-sm"
      aria-pressed={feed.paused}
      leftSection={<Icon name={feed.paused ? 'play' : 'pause'} size={14} />}
      onClick={() => store.dispatch({ kind: feed.paused ? 'resume' : 'pause' })}
    >
      {feed.paused ? live.resume : live.pause}
    </Button>
  );
  return (
    <Card title={live.feed} actions={toggle} flush className={classes['card']}>
      {feed.paused && (
        <p className={classes['waiting']}>
          <span>{live.paused}</span>
          <span>{live.waiting(integer(feed.waitingCount))}</span>
        </p>
      )}
      <div className={classes['list']} data-feed>
        {items.length > 0 ? <Items items={items} /> : <NoItems />}
      </div>
      <p className={classes['foot']}>
        <Link href="/infractions">{live.all}</Link>
      </p>
      <Announcer />
    </Card>
  );
}

function NoItems() {
  const { error, isPending, refetch } = useRecent();
  if (isPending) return <Loading lines={9} height={30} />;
  if (error) return <Failed error={error} retry={refetch} />;
  return <Empty icon="clock" title={live.emptyTitle} text={live.emptyText} />;
}

function Items({ items }: { readonly items: readonly FeedItem[] }) {
  const { nameOf, zoneOf } = useSiteBook();
  return (
    <ol>
      {items.map((item) => (
        <li key={item.infraction.id}>
          <Item item={item} place={nameOf(item.infraction.site)} zone={zoneOf(item.infraction.site)} />
        </li>
      ))}
    </ol>
  );
}

const Item = memo(function Item({
  item,
  place,
  zone,
}: {
  readonly item: FeedItem;
  readonly place: string;
  readonly zone: string;
}) {
  const { infraction, arrivedAtMs, holdMs } = item;
  const exact = `${dayTime(infraction.occurredAt, zone)} ${zoneName(infraction.occurredAt, zone)}`;
  return (
    <Link
      href={`/infractions/${infraction.id}`}
      className={`${classes['item']} ${arrivedAtMs === null ? '' : (classes['fresh'] ?? '')}`}
    >
      <time className={classes['time']} dateTime={infraction.occurredAt} title={exact}>
        {clockTime(infraction.occurredAt, zone)}
      </time>
      <div className={classes['line']}>
        <RuleLabel rule={infraction.rule} />
        <OriginBadge origin={infraction.origin} />
        {infraction.points > 0 && <span className={classes['points']}>{points(infraction.points)}</span>}
      </div>
      <div className={classes['line']}>
        <span className={classes['place']}>{place}</span>
        <HoldBadge hold={infraction.hold} holdMs={holdMs} />
      </div>
      <p className={classes['text']}>{infraction.explanation}</p>
    </Link>
  );
});

/** Tells those who cannot see the list how many came, and not more often than one can listen to. */
function Announcer() {
  const newest = useLive(({ feed }) => feed.items);
  const [said, say] = useState('');
  const latest = useRef(newest);
  useEffect(() => {
    latest.current = newest;
  }, [newest]);
  useEffect(() => {
    let since = Date.now();
    const timer = setInterval(() => {
      const count = latest.current.filter(
        ({ arrivedAtMs }) => arrivedAtMs !== null && arrivedAtMs > since,
      ).length;
      since = Date.now();
      if (count > 0) say(live.announce(count));
    }, ANNOUNCE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>;
}
