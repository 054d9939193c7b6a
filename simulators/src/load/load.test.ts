import { startBroker } from '@wayside/edge/testing/broker';
import { openUplink } from '@wayside/edge/uplink/open-uplink';
import { tokensOf } from '@wayside/edge/tokens';
import { countObservations, type ObservationMessage } from '@wayside/contracts/observation-batch';
import { describe, expect, it } from 'vitest';
import { makeCycles } from './cycle.ts';
import { runFleet, speedFor } from './fleet.ts';
import { latencyHistogram } from './latencies.ts';
import { memoryStore } from './memory-store.ts';

describe('the histogram of latencies', () => {
  it('is within four percent of the exact percentile', () => {
    const latencies = latencyHistogram();
    expect(latencies.percentile(0.5)).toBeNull();
    for (let ms = 1; ms <= 1000; ms++) latencies.add(ms);
    for (const share of [0.5, 0.95, 0.99]) {
      const found = latencies.percentile(share) ?? 0;
      expect(found / (share * 1000)).toBeGreaterThanOrEqual(0.99);
      expect(found / (share * 1000)).toBeLessThan(1.05);
    }
  });
});

describe('a fleet', () => {
  const cycles = makeCycles({ seed: 1, sites: 3, tokens: tokensOf(Buffer.alloc(32, 1)), lawlessShare: 0.25 });

  it('goes faster in its own time for a higher rate', () => {
    expect(speedFor(cycles, 3, 2000)).toBeCloseTo(2 * speedFor(cycles, 3, 1000), 10);
    expect(speedFor(cycles, 3, 'max')).toBe(Infinity);
  });

  it('offers the rate it is asked for, in messages of the contract, and sees each acknowledged', async () => {
    const broker = await startBroker();
    const latencies = latencyHistogram();
    const store = memoryStore(latencies.add, () => performance.now());
    let offered = 0;
    const left = await runFleet({
      cycles,
      cameras: 4,
      rate: 2000,
      signal: AbortSignal.timeout(2000),
      startMs: 1e12,
      open: (device, site) =>
        openUplink({ store, brokerUrl: broker.url, device, site, kind: 'camera', software: 'test' }),
      onSent: (observations) => (offered += observations),
    });
    await broker.close();
    const batches = broker.arrivals
      .map(({ message }) => message)
      .filter((message): message is ObservationMessage => message.type === 'org.wayside.observations.v1');
    expect(left).toBe(0);
    expect(batches.reduce((sum, { data }) => sum + countObservations(data), 0)).toBe(offered);
    expect(offered).toBeGreaterThan(1500);
    expect(offered).toBeLessThan(6000);
    expect(latencies.count()).toBe(batches.length + 8);
  });
});
