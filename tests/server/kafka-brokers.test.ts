/** A log on three brokers, every message on all of them, of which one is stopped, and later another killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKafka, type KafkaCluster } from '../support/engines/kafka.ts';
import { runLoad } from './devices.ts';
import { canServe, openGround, WITHOUT_ENGINES, type Ground } from './engines.ts';
import { createFleet, type Fleet } from './fleet.ts';

describe.skipIf(!canServe())(`a log on three brokers${WITHOUT_ENGINES()}`, () => {
  let kafka: KafkaCluster;
  let ground: Ground;
  let fleet: Fleet;
  beforeAll(async () => {
    kafka = await startKafka(3, { heapMegabytes: 256 });
    ground = await openGround({ brokers: kafka.brokers, replication: 3 });
    fleet = createFleet(ground);
    for (const role of ['api', 'intake', 'judge', 'worker'] as const) await fleet.start(role);
  }, 400_000);
  afterAll(async () => {
    await fleet.close();
    await ground.close();
    await kafka.remove();
  }, 200_000);

  it('goes on without one of them, and without another once that is back', async () => {
    const before = await fleet.counters();
    const load = runLoad({ broker: ground.mosquitto.url, rate: 500, sites: 10, seconds: 60 });
    await sleep(10_000);
    const [first, second] = kafka.nodes;
    await first?.stop();
    const without = await fleet.counters();
    await expect
      .poll(async () => (await fleet.counters()).judge.judged, { interval: 500, timeout: 30_000 })
      .toBeGreaterThan(without.judge.judged + 50);
    await first?.start();
    await sleep(10_000); // until it has caught up with the others
    await second?.kill();
    const { acknowledged } = await load.done;
    const after = await fleet.drained(before.intake.stored + Number(acknowledged), 180_000);
    expect(after.faults).toEqual([]);
    expect(after.intake.deadLettered).toBe(before.intake.deadLettered);
    expect(after.intake.stored - before.intake.stored).toBe(acknowledged);
    expect(after.judge.late).toBe(before.judge.late);
  }, 400_000);
});
