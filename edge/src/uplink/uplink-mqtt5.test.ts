import { afterEach, describe, expect, it } from 'vitest';
import { benchTop, SOON } from '../testing/bench-top.ts';
import { startMqtt5Broker, type Mqtt5Behaviour, type Mqtt5Broker } from '../testing/mqtt5-broker.ts';
import { sampleBatch, START_MS } from '../testing/samples.ts';
import type { UplinkOptions } from './uplink.ts';

const top = benchTop();
afterEach(() => top.clear());

const NOT_AUTHORISED = 0x87;
const QUOTA_EXCEEDED = 0x97;
const NO_SUBSCRIBERS = 0x10;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** @returns ms it took; the longest pause of these tests is 300 ms, of which chance takes at most half */
async function untilConnections(broker: Mqtt5Broker, count: number): Promise<number> {
  const startMs = performance.now();
  await expect.poll(() => broker.connections, { ...SOON, interval: 5 }).toBeGreaterThanOrEqual(count);
  return performance.now() - startMs;
}

async function connected(behaviour: Mqtt5Behaviour, options: Partial<UplinkOptions> = {}) {
  const broker = await startMqtt5Broker(behaviour);
  top.later(() => broker.close());
  const store = await top.store();
  const uplink = await top.uplink({ store, brokerUrl: broker.url, protocolVersion: 5, ...options });
  return { broker, uplink };
}

describe('an uplink that speaks MQTT 5', () => {
  it('keeps to the receive maximum of the broker where it is below its own window', async () => {
    const { broker, uplink } = await connected({
      connack: { properties: { receiveMaximum: 2 } },
      answer: () => 'silent',
    });
    for (let i = 0; i < 10; i++) await uplink.send('observations', START_MS, sampleBatch(i));
    await expect.poll(() => broker.published.length, SOON).toBe(2);
    await wait(100);
    expect(broker.published).toEqual([1, 2]);
  });

  it('keeps a message that the broker had nobody to give to, until somebody takes it', async () => {
    const { broker, uplink } = await connected(
      { answer: (n) => (n < 2 ? NO_SUBSCRIBERS : 0) },
      { window: 1, backoff: { firstMs: 1, longestMs: 20 } },
    );
    await uplink.drained();
    expect(broker.published).toEqual([1, 1, 1]);
    expect(uplink.stats()).toMatchObject({ refused: 2, acknowledged: 1 });
  });

  it('keeps a message that was answered with a failure, and sends it again before those behind it', async () => {
    const { broker, uplink } = await connected(
      { answer: (n) => (n === 1 || n === 2 ? QUOTA_EXCEEDED : 0) },
      { window: 1 },
    );
    for (let i = 0; i < 3; i++) await uplink.send('observations', START_MS, sampleBatch(i));
    await uplink.drained();
    expect(broker.published).toEqual([1, 2, 2, 2, 3, 4]);
    expect(uplink.stats()).toMatchObject({ refused: 2, waiting: 0 });
  });

  it('does not spin where it is not authorised to publish, and leaves in good order each time', async () => {
    const { broker, uplink } = await connected(
      { answer: () => NOT_AUTHORISED },
      { backoff: { firstMs: 1, longestMs: 300 } },
    );
    const elapsedMs = await untilConnections(broker, 4);
    expect(elapsedMs).toBeGreaterThan(3 * 145);
    expect(broker.goodbyes).toBeGreaterThanOrEqual(3);
    expect(uplink.stats()).toMatchObject({ waiting: 1, acknowledged: 0 });
  });

  it('does not spin where another process takes its session over', async () => {
    const { broker } = await connected(
      { answer: () => 'disconnect' },
      { backoff: { firstMs: 1, longestMs: 300 } },
    );
    const elapsedMs = await untilConnections(broker, 4);
    expect(elapsedMs).toBeGreaterThan(3 * 145);
  });
});
