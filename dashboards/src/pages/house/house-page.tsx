/** The books, the devices and the dead letters: whether the house does what it promises. */
import { useCounters, useReadiness } from '../../api/queries.ts';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { house } from '../../words.ts';
import { DeadLettersCard } from './dead-letters-card.tsx';
import { DevicesCard } from './devices-card.tsx';
import { Flow } from './flow.tsx';
import classes from './house-page.module.css';

export default function HousePage() {
  const counters = useCounters();
  return (
    <>
      <header className={classes['head']}>
        <h1>{house.title}</h1>
        <p>{house.lead}</p>
      </header>
      <div className={classes['page']}>
        {counters.data ? (
          <Flow counters={counters.data} />
        ) : counters.error ? (
          <Failed error={counters.error} retry={counters.refetch} />
        ) : (
          <Loading lines={6} height={30} />
        )}
        <HealthCard />
        <DevicesCard />
        <DeadLettersCard />
      </div>
    </>
  );
}

function HealthCard() {
  const { data, error, refetch } = useReadiness();
  if (error && !data) return <Failed error={error} retry={refetch} />;
  return (
    <Card title={house.health} hint={data && (data.ready ? house.ready : house.notReady)}>
      <ul className={classes['health']}>
        {data?.checks.map(({ name, ok, detail }) => (
          <li key={name}>
            <span className={`${classes['state']} ${ok ? classes['online'] : classes['lost']}`}>
              <Icon name={ok ? 'check' : 'alert'} size={15} />
              {name} {ok ? house.ok : house.down}
            </span>
            <small>{detail}</small>
          </li>
        ))}
      </ul>
    </Card>
  );
}
