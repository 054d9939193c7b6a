/** A process for tests to kill: sends batches, and names on standard output each sequence number that is stored. */
import { openOutboxStore } from '../uplink/outbox-store.ts';
import { openUplink } from '../uplink/open-uplink.ts';
import { sampleBatch } from './samples.ts';

const [dir = '', brokerUrl = ''] = process.argv.slice(2);

const uplink = await openUplink({
  device: 'camera-1',
  kind: 'camera',
  software: 'test 1',
  store: await openOutboxStore(dir),
  brokerUrl,
  backoff: { firstMs: 10, longestMs: 100 },
});
for (let i = 0; ; i++) {
  const sent = await uplink.send('observations', Date.now(), sampleBatch(i));
  if (sent.kind === 'stored') process.stdout.write(`${sent.sequence}\n`);
}
