/** The process of some devices: killed at any moment, started again, and each goes on from what its outbox says. */
import { openOutboxStore } from '@wayside/edge/uplink/outbox-store';
import type { Uplink } from '@wayside/edge/uplink/uplink';
import { openJournal } from '../fates/journal.ts';
import type { FromHost, HostOrder, ToHost } from './host-messages.ts';
import { notingStore } from './noting-store.ts';
import { play } from './play.ts';

const STATS_EVERY_MS = 500;
const finish = new AbortController();
const uplinks = new Map<string, Uplink>();

const say = (message: FromHost): void => void process.send?.(message);

async function playAll({ players, urls, folder, journal, everyMs }: HostOrder): Promise<void> {
  const fates = await openJournal(journal);
  const store = notingStore(await openOutboxStore(folder), fates);
  say({ kind: 'playing' });
  const played = await Promise.all(
    players.map(async (player) => {
      const onUplink = (uplink: Uplink) => void uplinks.set(player.device, uplink);
      const brokerUrl = urls[player.door];
      const { last, content } = await play({
        player,
        store,
        brokerUrl,
        everyMs,
        finish: finish.signal,
        onUplink,
      });
      return [player.device, [last, content]] as const;
    }),
  );
  await store.close();
  await fates.close();
  say({ kind: 'finished', last: Object.fromEntries(played) });
}

process.on('message', (message: ToHost) => {
  if (message.kind === 'finish') finish.abort();
  else
    playAll(message.order).then(
      () => undefined, // the breaker ends this process when it has seen all
      (error: unknown) => {
        say({ kind: 'failed', message: (error as Error).message });
        setImmediate(() => process.exit(1));
      },
    );
});
process.once('disconnect', () => process.exit(0));
setInterval(() => {
  const messages = [...uplinks.values()].reduce((sum, uplink) => sum + uplink.stats().waiting, 0);
  say({ kind: 'waiting', messages });
}, STATS_EVERY_MS).unref();
