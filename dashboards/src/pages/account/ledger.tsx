import type { LedgerEntry } from '@wayside/contracts/http';
import { Link } from 'wouter';
import { MISSING } from '../../format/numbers.ts';
import { dayTime, zoneName } from '../../format/zone.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Empty } from '../../parts/states.tsx';
import { account as words } from '../../words.ts';
import classes from './account-page.module.css';

const ICONS: Readonly<Record<LedgerEntry['kind'], IconName>> = {
  award: 'right',
  hold: 'lock',
  post: 'check',
  release: 'back',
  reverse: 'back',
  expire: 'clock',
  restore: 'loop',
};

export function Ledger({
  entries,
  zone,
}: {
  readonly entries: readonly LedgerEntry[];
  readonly zone: string;
}) {
  if (entries.length === 0) return <Empty title={words.none} />;
  return (
    <table className={classes['ledger']}>
      <thead>
        <tr>
          <th scope="col">{words.at}</th>
          <th scope="col">{words.move}</th>
          <th scope="col" className={classes['number']}>
            {words.pointsColumn}
          </th>
          <th scope="col">{words.about}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>
              <time dateTime={entry.at} title={zoneName(entry.at, zone)}>
                {dayTime(entry.at, zone)}
              </time>
            </td>
            <td>
              <span className={classes['move']}>
                <Icon name={ICONS[entry.kind]} size={14} />
                {words.moves[entry.kind]}
              </span>
            </td>
            <td className={classes['number']}>{entry.points}</td>
            <td>
              {entry.infraction === null ? (
                MISSING
              ) : (
                <Link href={`/infractions/${entry.infraction}`}>
                  {words.infraction} {entry.infraction.slice(-8)}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
