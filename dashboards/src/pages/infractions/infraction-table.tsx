import type { Infraction } from '@wayside/contracts/infraction';
import { Link } from 'wouter';
import { filtersPath, type Filters } from '../../api/filters.ts';
import { decimal, MISSING, kmh } from '../../format/numbers.ts';
import { clockTime, day, zoneName } from '../../format/zone.ts';
import { HoldBadge, OriginBadge, RuleLabel } from '../../parts/badges.tsx';
import { useSiteBook } from '../../parts/site-name.tsx';
import { list, measures, points } from '../../words.ts';
import classes from './infractions-page.module.css';

export function InfractionTable({
  items,
  filters,
}: {
  readonly items: readonly Infraction[];
  readonly filters: Filters;
}) {
  const { nameOf, zoneOf } = useSiteBook();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{list.time}</th>
          <th scope="col">{list.what}</th>
          <th scope="col">{list.site}</th>
          <th scope="col">{list.measure}</th>
          <th scope="col" className={classes['points']}>
            {list.points}
          </th>
          <th scope="col">{list.hold}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((infraction) => (
          <Row
            key={infraction.id}
            infraction={infraction}
            place={nameOf(infraction.site)}
            zone={zoneOf(infraction.site)}
            href={filtersPath(`/infractions/${infraction.id}`, filters)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  infraction,
  place,
  zone,
  href,
}: {
  readonly infraction: Infraction;
  readonly place: string;
  readonly zone: string;
  readonly href: string;
}) {
  const at = infraction.occurredAt;
  const measure = measureOf(infraction);
  return (
    <tr>
      <td className={classes['when']}>
        <Link href={href} data-row>
          <time dateTime={at}>{clockTime(at, zone)}</time>
        </Link>
        <small>
          {day(at, zone)} {zoneName(at, zone)}
        </small>
      </td>
      <td className={classes['what']}>
        <RuleLabel rule={infraction.rule} />
        <p>{infraction.explanation}</p>
      </td>
      <td className={classes['site']}>
        {place}
        <div>
          <OriginBadge origin={infraction.origin} />
        </div>
      </td>
      <td className={classes['measure']}>
        {measure.value}
        <small>{measure.name}</small>
      </td>
      <td className={classes['points']}>{infraction.points > 0 ? points(infraction.points) : MISSING}</td>
      <td className={classes['hold']}>
        <HoldBadge hold={infraction.hold} />
      </td>
    </tr>
  );
}

/** The one value that says most about an infraction of its rule. */
function measureOf({ measures: measured }: Infraction): { readonly value: string; readonly name: string } {
  if (measured.petSeconds !== undefined)
    return { value: `${decimal(measured.petSeconds, 2)} s`, name: measures.short.pet };
  if (measured.stoppedSeconds !== undefined)
    return { value: `${decimal(measured.stoppedSeconds, 1)} s`, name: measures.short.stopped };
  if (measured.redSeconds !== undefined)
    return { value: `${decimal(measured.redSeconds, 1)} s`, name: measures.short.red };
  if (measured.speedMps !== undefined) return { value: kmh(measured.speedMps), name: measures.short.speed };
  return { value: MISSING, name: '' };
}
