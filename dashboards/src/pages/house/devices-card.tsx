import type { DeviceView } from '@wayside/contracts/http';
import { useDevices } from '../../api/queries.ts';
import { age, MISSING } from '../../format/numbers.ts';
import { useNowMs } from '../../live/use-live.ts';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useSiteBook } from '../../parts/site-name.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { house, live } from '../../words.ts';
import classes from './house-page.module.css';

export function DevicesCard() {
  const { data, error, refetch } = useDevices();
  const devices = data?.items ?? [];
  const online = devices.filter(({ state }) => state === 'online').length;
  return (
    <Card title={house.devices} hint={data && live.devicesOf(online, devices.length)} flush>
      {!data && (error ? <Failed error={error} retry={refetch} /> : <Loading lines={4} />)}
      {data && devices.length === 0 && <Empty title={house.noDevices} />}
      {devices.length > 0 && (
        <div className={classes['scroll']}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th scope="col">{house.device}</th>
                <th scope="col">{house.state}</th>
                <th scope="col">{house.heard}</th>
                <th scope="col">{house.site}</th>
                <th scope="col" className={classes['optional']}>
                  {house.clock}
                </th>
                <th scope="col" className={classes['optional']}>
                  {house.software}
                </th>
              </tr>
            </thead>
            <tbody>
              {devices.map((device) => (
                <Row key={device.id} device={device} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Row({ device }: { readonly device: DeviceView }) {
  const { nameOf } = useSiteBook();
  const nowMs = useNowMs();
  const { state, clockState } = device;
  const online = state === 'online';
  return (
    <tr>
      <td>
        {device.id}
        <small>{device.kind}</small>
      </td>
      <td>
        <span className={`${classes['state']} ${online ? classes['online'] : classes['lost']}`}>
          <Icon name={online ? 'check' : 'alert'} size={14} />
          {lookUp(house.states, state)}
        </span>
      </td>
      <td>{house.ago(age(nowMs - Date.parse(device.lastSeenAt)))}</td>
      <td>{device.site === null ? MISSING : nameOf(device.site)}</td>
      <td className={classes['optional']}>
        {clockState === null ? MISSING : lookUp(house.clocks, clockState)}
      </td>
      <td className={classes['optional']}>{device.software}</td>
    </tr>
  );
}

/** A state that this page has no word for is shown as it came. */
const lookUp = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key;
