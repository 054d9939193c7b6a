/** One account: what is held and posted, what remains, and every move that led there. */
import type { AccountView } from '@wayside/contracts/http';
import { useAccount } from '../../api/queries.ts';
import { shortAccount } from '../../format/numbers.ts';
import { readerZone } from '../../format/zone.ts';
import { Card } from '../../parts/card.tsx';
import { sharedZone, useSiteBook } from '../../parts/site-name.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { account as words } from '../../words.ts';
import classes from './account-page.module.css';
import { Ledger } from './ledger.tsx';
import { Meter } from './meter.tsx';

export default function AccountPage({ id }: { readonly id: string }) {
  const { data, error, refetch } = useAccount(id);
  return (
    <>
      <header className={classes['head']}>
        <h1>{words.title(shortAccount(id))}</h1>
        <code>{id}</code>
      </header>
      {data ? (
        <Found view={data} />
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Loading lines={6} height={32} />
      )}
    </>
  );
}

function Found({ view }: { readonly view: AccountView }) {
  const down = view.counts === 'down';
  const zone = sharedZone(useSiteBook().all) ?? readerZone();
  return (
    <div className={classes['column']}>
      <Card
        title={view.id.startsWith('rail') ? words.railway : words.road}
        hint={`${words.scheme(view.scheme)}, ${down ? words.down : words.up}`}
      >
        <Numbers view={view} />
        <Meter view={view} />
      </Card>
      <Card title={words.ledger} hint={words.zone(zone)} flush>
        <Ledger entries={view.entries} zone={zone} />
      </Card>
      <p className={classes['note']}>{words.noList}</p>
    </div>
  );
}

function Numbers({ view }: { readonly view: AccountView }) {
  const down = view.counts === 'down';
  return (
    <dl className={classes['numbers']}>
      <div className={classes['big']}>
        <dt>
          {down && <span className={`${classes['swatch']} ${classes['free']}`} />}
          {down ? words.remains : words.stands}
        </dt>
        <dd>
          {view.available}{' '}
          <span className={classes['of']}>{words.of(Math.max(view.initial, view.limit))}</span>
          <small>
            {words.remainsHint} · {down ? words.limitDown(view.limit) : words.limitUp(view.limit)}
          </small>
        </dd>
      </div>
      <div>
        <dt>
          <span className={`${classes['swatch']} ${classes['held']}`} />
          {words.held}
        </dt>
        <dd>{view.held}</dd>
      </div>
      <div>
        <dt>
          <span className={`${classes['swatch']} ${classes['posted']}`} />
          {words.posted}
        </dt>
        <dd>{view.posted}</dd>
      </div>
    </dl>
  );
}
