import type { Infraction } from '@wayside/contracts/infraction';
import { Link } from 'wouter';
import { shortAccount } from '../../format/numbers.ts';
import { HoldBadge } from '../../parts/badges.tsx';
import { Card } from '../../parts/card.tsx';
import { account as words, detail, holds, points } from '../../words.ts';
import classes from './infraction-page.module.css';

/** What the infraction costs, whom, and how far that has come. */
export function PointsCard({ infraction }: { readonly infraction: Infraction }) {
  const { account, hold } = infraction;
  return (
    <Card title={detail.hold}>
      <p className={classes['balance']}>
        <strong>{points(infraction.points)}</strong>
        <HoldBadge hold={hold} />
      </p>
      <p className={classes['note']}>{holds[hold].meaning}</p>
      <dl className={classes['facts-list']}>
        <dt>{detail.account}</dt>
        <dd>
          {account === null ? (
            detail.noAccount
          ) : (
            <Link href={`/accounts/${account}`} title={detail.openAccount}>
              {account.startsWith('rail') ? words.railway : words.road} {shortAccount(account)}
            </Link>
          )}
        </dd>
      </dl>
    </Card>
  );
}
