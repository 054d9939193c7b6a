/** One infraction: why it was flagged, what was measured, what follows from it, and how to check that. */
import type { InfractionDetail } from '@wayside/contracts/http';
import { Link, useSearch } from 'wouter';
import { useInfraction, useLaw } from '../../api/queries.ts';
import { filtersPath, readFilters } from '../../api/filters.ts';
import { day, exactTime, zoneName } from '../../format/zone.ts';
import { HoldBadge, OriginBadge, RuleLabel } from '../../parts/badges.tsx';
import { useNamed } from '../../parts/site-name.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { EvidenceReplay } from '../../replay/evidence-replay.tsx';
import { detail, points } from '../../words.ts';
import { EvidenceCard } from './evidence-card.tsx';
import classes from './infraction-page.module.css';
import { LawCard } from './law-card.tsx';
import { MeasuresCard } from './measures-card.tsx';
import { Neighbours } from './neighbours.tsx';
import { PointsCard } from './points-card.tsx';

export default function InfractionPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useInfraction(id);
  const filters = readFilters(useSearch());
  return (
    <>
      <nav className={classes['bar']} aria-label={detail.back}>
        <Link href={filtersPath('/infractions', filters)}>{detail.back}</Link>
        <Neighbours id={id} filters={filters} />
      </nav>
      {data ? (
        <Found detail={data} />
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Loading lines={8} height={36} />
      )}
    </>
  );
}

function Found({ detail: asRead }: { readonly detail: InfractionDetail }) {
  const found = useNamed(asRead);
  const { infraction, evidence } = found;
  const law = useLaw(infraction.profile);
  const { report } = evidence.body;
  return (
    <article>
      <Head found={found} />
      <div className={classes['grid']}>
        <div className={classes['replay']}>
          <EvidenceReplay found={found} law={law} />
        </div>
        <div className={classes['side']}>
          {!report && <MeasuresCard rule={infraction.rule} measures={infraction.measures} road={law?.road} />}
          <PointsCard infraction={infraction} />
        </div>
        <div className={classes['pair']}>
          <EvidenceCard infractionId={infraction.id} evidence={evidence} />
          <LawCard infraction={infraction} evidence={evidence} law={law} />
        </div>
      </div>
    </article>
  );
}

function Head({ found: { infraction, siteName, timeZone } }: { readonly found: InfractionDetail }) {
  const at = infraction.occurredAt;
  return (
    <header className={classes['head']}>
      <div className={classes['titles']}>
        <h1>
          <RuleLabel rule={infraction.rule} />
        </h1>
        <HoldBadge hold={infraction.hold} />
        <OriginBadge origin={infraction.origin} />
      </div>
      <p className={classes['facts']}>
        {siteName} ·{' '}
        <time
          dateTime={at}
        >{`${day(at, timeZone)}, ${exactTime(at, timeZone)} ${zoneName(at, timeZone)}`}</time>{' '}
        · {points(infraction.points)}
      </p>
      <p className={classes['lead']}>{infraction.explanation}</p>
    </header>
  );
}
