/** One site from above, chosen by name, with what was just flagged there. */
import { NativeSelect } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import type { SiteView } from '@wayside/contracts/http';
import type { Infraction } from '@wayside/contracts/infraction';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { useSites } from '../../api/queries.ts';
import { age } from '../../format/numbers.ts';
import { clockTime } from '../../format/zone.ts';
import { useLive, useLiveStore, useNowMs } from '../../live/use-live.ts';
import { STALE_AFTER_MS } from '../../live/pulse.ts';
import { OriginBadge, RuleLabel } from '../../parts/badges.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { StreetView } from '../../street/street-view.tsx';
import { live, points } from '../../words.ts';
import classes from './street-card.module.css';

const TOAST_MS = 9_000;

export function StreetCard() {
  const { data } = useSites();
  const [chosen, choose] = useSessionStorage({ key: 'wayside-site', defaultValue: '' });
  const sites = data?.items ?? [];
  const view = sites.find(({ site }) => site.id === chosen) ?? sites[0];
  const { watch } = useLiveStore();
  const watched = view?.site.id;
  useEffect(() => {
    if (watched !== undefined) watch(watched);
  }, [watched, watch]);
  const picker = view && (
    <NativeSelect
      className={classes['picker']}
      size="xs"
      aria-label={live.pickSite}
      value={view.site.id}
      onChange={(event) => choose(event.currentTarget.value)}
      data={sites.map(({ site }) => ({ value: site.id, label: site.name }))}
    />
  );
  return (
    <Card title={live.street} actions={picker} flush className={classes['card']}>
      {view ? <Stage key={view.site.id} view={view} /> : <NoSite />}
    </Card>
  );
}

function NoSite() {
  const { data, error, refetch } = useSites();
  if (data) return <Empty icon="crosswalk" title={live.noSites} text={live.noSitesText} />;
  return error ? <Failed error={error} retry={refetch} /> : <Loading lines={4} height={40} />;
}

function Stage({ view: { site } }: { readonly view: SiteView }) {
  const nowMs = useNowMs();
  const { ageMs, atMs, vehicles, pedestrians } = useStreetNow(site.id, nowMs);
  const old = ageMs !== undefined && ageMs > STALE_AFTER_MS;
  const label = live.streetSummary(site.name, vehicles, pedestrians);
  return (
    <div className={`${classes['stage']} ${old ? (classes['old'] ?? '') : ''}`}>
      <StreetView site={site} label={label} className={classes['canvas']} />
      <div className={classes['over']}>
        <Legend vehicles={vehicles} pedestrians={pedestrians} />
        <span className={classes['chip']}>
          {atMs !== undefined && <span>{clockTime(atMs, site.timeZone)}</span>}
          <OriginBadge origin={site.origin} />
        </span>
      </div>
      {(ageMs === undefined || old) && (
        <div className={classes['wait']}>
          <span>{ageMs === undefined ? live.noPicture : live.oldPicture(age(ageMs))}</span>
        </div>
      )}
      <Toast site={site.id} zone={site.timeZone} nowMs={nowMs} />
    </div>
  );
}

/** What the newest picture of a site shows; read once a second, the canvas draws in between. */
function useStreetNow(site: string, nowMs: number) {
  const street = useLiveStore().street.street(site);
  const newest = street?.snapshots.at(-1);
  const kinds = [...(newest?.objects.values() ?? [])].map(({ kind }) => kind);
  const pedestrians = kinds.filter((kind) => kind === 'pedestrian').length;
  return {
    ageMs: street?.arrivedMs === undefined ? undefined : nowMs - street.arrivedMs,
    atMs: newest?.atMs,
    vehicles: kinds.length - pedestrians,
    pedestrians,
  };
}

function Legend({ vehicles, pedestrians }: { readonly vehicles: number; readonly pedestrians: number }) {
  return (
    <span className={classes['chip']} aria-hidden="true">
      <span className={classes['key']}>
        <span className={classes['box']} />
        {live.vehicles} {vehicles}
      </span>
      <span className={classes['key']}>
        <span className={classes['round']} />
        {live.pedestrians} {pedestrians}
      </span>
      <span className={classes['key']}>
        <span className={`${classes['box']} ${classes['flagged']}`} />
        {live.flagged}
      </span>
    </span>
  );
}

/** The newest infraction of this site, for some seconds. */
function Toast({
  site,
  zone,
  nowMs,
}: {
  readonly site: string;
  readonly zone: string;
  readonly nowMs: number;
}) {
  const newest = useLive(({ feed }) =>
    [...feed.waiting, ...feed.items].find((item) => item.infraction.site === site),
  );
  if (!newest || newest.arrivedAtMs === null || nowMs - newest.arrivedAtMs > TOAST_MS) return null;
  const infraction: Infraction = newest.infraction;
  return (
    <Link key={infraction.id} href={`/infractions/${infraction.id}`} className={classes['toast']}>
      <RuleLabel rule={infraction.rule} />
      <small>
        {clockTime(infraction.occurredAt, zone)} · {points(infraction.points)}
      </small>
    </Link>
  );
}
