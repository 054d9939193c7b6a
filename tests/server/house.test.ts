/**
 * The whole server profile as plain processes: Mosquitto → two intakes → Kafka → two judges → TimescaleDB → worker on
 * Redis → API. What it makes of the DUT recordings is what the embedded house makes of them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { replayReport, type ReplayReport } from '@wayside/pipeline/app/replay/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DUT, hasDut, WITHOUT_DUT } from '../support/shared-data.ts';
import { runWayside } from '../support/wayside.ts';
import { runDevices, runLoad } from './devices.ts';
import { canServe, openGround, WITHOUT_ENGINES, type Ground } from './engines.ts';
import { createFleet, type Fleet } from './fleet.ts';

const dut = ['--format', 'dut', '--crosswalks', `${DUT}/crosswalks.json`];

const facts = ({ messages, observations, encounters, verdicts, infractions, ledger }: ReplayReport) => ({
  messages,
  observations,
  encounters,
  verdicts,
  infractions: [...infractions].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ledger,
});

describe.skipIf(!canServe())(`a house of many processes${WITHOUT_ENGINES()}`, () => {
  let ground: Ground;
  let fleet: Fleet;
  beforeAll(async () => {
    ground = await openGround();
    fleet = createFleet(ground);
    await fleet.start('api');
    for (const role of ['intake', 'intake', 'judge', 'judge', 'worker', 'scheduler'] as const)
      await fleet.start(role);
  }, 240_000);
  afterAll(async () => {
    await fleet.close();
    await ground.close();
  }, 120_000);

  it('is alive and ready in each of its roles', async () => {
    for (const { url, role } of fleet.parts)
      for (const path of ['/health', '/ready', '/metrics'])
        expect((await fetch(`${url}${path}`)).status, `${role} ${path}`).toBe(200);
  });

  it.skipIf(!hasDut)(
    `finds in the recordings what the embedded house finds${WITHOUT_DUT}`,
    async () => {
      const { code, stdout, stderr } = await runWayside(['replay', DUT, ...dut, '--json']);
      expect(code, stderr).toBe(0);
      const embedded = JSON.parse(stdout) as ReplayReport;
      await runDevices(['replay', DUT, ...dut, '--broker', ground.mosquitto.url, '--speed', 'max']).done;
      const counters = await fleet.drained(embedded.messages, 120_000);
      expect(counters.faults).toEqual([]);
      expect(facts(await replayReport(ground.database, counters))).toEqual(facts(embedded));
    },
    400_000,
  );

  it('lets another judge go on within five seconds of kill -9', async () => {
    const seconds = 40;
    const before = await fleet.counters();
    const load = runLoad({ broker: ground.mosquitto.url, rate: 2_000, sites: 40, seconds });
    await sleep(8_000);
    const [victim] = fleet.parts.filter(({ role }) => role === 'judge');
    const held = await partitionsOf(ground, victim?.pid ?? 0);
    expect(held.length).toBeGreaterThan(0);
    const epochs = await cursorsOf(ground, held);
    await victim?.kill();
    const killedAtMs = Date.now();
    const takeoverMs = await untilAllMove(ground, held, epochs, killedAtMs);
    process.stdout.write(`takeover of ${held.length} partitions after kill -9: ${takeoverMs} ms\n`);
    expect(takeoverMs).toBeLessThan(5_000);
    await fleet.start('judge');
    const { acknowledged } = await load.done;
    const after = await fleet.drained(before.intake.stored + Number(acknowledged), 120_000);
    expect(after.faults).toEqual([]);
    expect(after.judge.late).toBe(before.judge.late);
    expect(after.intake.deadLettered).toBe(before.intake.deadLettered);
  }, 300_000);

  it('loses nothing with Redis', async () => {
    const before = await fleet.counters();
    const load = runLoad({ broker: ground.mosquitto.url, rate: 1_000, sites: 20, seconds: 20 });
    for (let flush = 0; flush < 5; flush++) {
      await sleep(2_000);
      await flushAll(ground.redis.url);
    }
    await ground.redis.kill();
    await sleep(2_000);
    await ground.redis.start();
    const { acknowledged } = await load.done;
    const after = await fleet.drained(before.intake.stored + Number(acknowledged), 120_000);
    expect(after.faults).toEqual([]);
    expect(after.holds.infractions).toBeGreaterThan(before.holds.infractions);
  }, 300_000);

  it('loses nothing while each of its processes is replaced in turn', async () => {
    const before = await fleet.counters();
    const load = runLoad({ broker: ground.mosquitto.url, rate: 1_000, sites: 20, seconds: 60 });
    for (const part of [...fleet.parts].filter(({ role }) => role !== 'api')) {
      await fleet.start(part.role);
      const { code, stderr } = await part.stop();
      expect(code, stderr).toBe(0);
    }
    const { acknowledged } = await load.done;
    const after = await fleet.drained(before.intake.stored + Number(acknowledged), 120_000);
    expect(after.faults).toEqual([]);
    expect(after.judge.late).toBe(before.judge.late);
    expect(after.intake.deadLettered).toBe(before.intake.deadLettered);
    expect(after.intake.stored - before.intake.stored).toBe(acknowledged);
  }, 400_000);
});

/** A holder is named host/pid/…. */
async function partitionsOf({ database }: Ground, pid: number): Promise<readonly number[]> {
  const rows = await database.query<{ readonly name: string }>(
    `SELECT name FROM lease WHERE name LIKE 'judge/%' AND split_part(holder, '/', 2) = $1`,
    [String(pid)],
  );
  return rows.map(({ name }) => Number(name.split('/')[1]));
}

async function cursorsOf({ database }: Ground, partitions: readonly number[]) {
  const rows = await database.query<{
    readonly partition: number;
    readonly epoch: number;
    readonly committed: number;
  }>(
    'SELECT partition, epoch, committed_offset AS committed FROM judge_cursor WHERE partition = ANY($1::integer[])',
    [partitions],
  );
  return new Map(rows.map((row) => [row.partition, row]));
}

/** @returns how long it took until another judge had recorded something in each of them. */
async function untilAllMove(
  ground: Ground,
  partitions: readonly number[],
  before: Awaited<ReturnType<typeof cursorsOf>>,
  sinceMs: number,
): Promise<number> {
  const deadline = sinceMs + 60_000;
  while (Date.now() < deadline) {
    await sleep(25);
    const now = await cursorsOf(ground, partitions);
    const moved = partitions.every((partition) => {
      const [was, is] = [before.get(partition), now.get(partition)];
      return is !== undefined && is.epoch > (was?.epoch ?? 0) && is.committed > (was?.committed ?? 0);
    });
    if (moved) return Date.now() - sinceMs;
  }
  throw new Error('nobody took over');
}

async function flushAll(url: string): Promise<void> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url);
  await redis.flushall();
  redis.disconnect();
}
