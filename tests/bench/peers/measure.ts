/**
 * Three things of one subject, each with messages of its own:
 *
 *   drain     a backlog that waits in the broker: how fast it is stored, and what a message costs in processor time
 *   latency   at an even pace: from publish to the commit of the row
 *   kill      another backlog, kill -9 in the midst of it, and a new start: what the broker had and is not there
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { topicOf } from '@wayside/contracts/topics';
import { connectAsync, type MqttClient } from 'mqtt';
import { treeCpuSeconds } from '../../support/engines/cpu-seconds.ts';
import { residentMb } from '../resident-mb.ts';
import type { Recorded } from './traffic.ts';
import type { Subject, Surroundings } from './subject.ts';

export interface Measured {
  readonly drain: {
    readonly rowsPerSecond: number;
    /** Of its process and its children; of Postgres. */
    readonly microsecondsPerRow: { readonly itself: number; readonly postgres: number };
    readonly rowsPerCpuSecond: number;
    readonly peakMemoryMb: number;
  };
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly kill: { readonly published: number; readonly lost: number; readonly doubled: number };
}

export interface Shares {
  readonly drain: readonly Recorded[];
  readonly latency: readonly Recorded[];
  readonly kill: readonly Recorded[];
}

const PACE_PER_SECOND = 200;
/** So long nothing more came: what is not there now does not come. */
const QUIET_MS = 8_000;
const MOST_MS = 60_000;

interface Bench {
  readonly subject: Subject;
  readonly around: Surroundings;
  readonly postgresPid: number;
  readonly publisher: MqttClient;
}

export async function measure(
  of: Omit<Bench, 'publisher'>,
  shares: Shares,
  say: (text: string) => void,
): Promise<Measured> {
  const publisher = await connectAsync(of.around.mqttUrl, { protocolVersion: 5 });
  const bench = { ...of, publisher };
  let process = await subscribed(bench);
  try {
    await kill(process);
    await publish(bench, shares.drain, Infinity);
    say(`${of.subject.name}: ${shares.drain.length} messages wait in the broker`);
    const before = await rowCount(bench);
    process = await of.subject.start(of.around);
    const drain = await drained(bench, process, before, shares.drain.length);
    say(`${of.subject.name}: ${JSON.stringify(drain)}`);
    const latencyMs = await latencies(bench, shares);
    say(`${of.subject.name}: ${JSON.stringify(latencyMs)}`);
    await kill(process);
    await publish(bench, shares.kill, Infinity);
    const stored = await rowCount(bench);
    process = await of.subject.start(of.around);
    while ((await rowCount(bench)) < stored + shares.kill.length / 3) await sleep(5);
    await kill(process);
    process = await of.subject.start(of.around);
    await untilQuiet(bench);
    return { drain, latencyMs, kill: await losses(bench, shares.kill) };
  } finally {
    await kill(process);
    await publisher.endAsync(true);
  }
}

async function kill(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, 'exit');
  process.kill('SIGKILL');
  await gone;
}

/** "No matching subscribers" (MQTT 5, 3.4.2.1). */
const NOBODY = 0x10;

/** Started once, so that the broker keeps its session: there is one as soon as somebody takes a message nobody counts. */
async function subscribed({ subject, around, publisher }: Bench): Promise<ChildProcess> {
  await subject.prepare(around);
  const process = await subject.start(around);
  const deadline = Date.now() + MOST_MS;
  const seen = { taken: 0 };
  publisher.on('packetreceive', (packet) => {
    if (packet.cmd === 'puback' && packet.reasonCode !== NOBODY) seen.taken += 1;
  });
  while (seen.taken === 0) {
    await publisher.publishAsync(topicOf('nobody', 'status'), 'is anybody there', { qos: 1 });
    if (Date.now() > deadline) throw new Error(`${subject.name} does not subscribe`);
    await sleep(200);
  }
  publisher.removeAllListeners('packetreceive');
  await sleep(1_000);
  return process;
}

/** @returns when each was published, epoch ms by id; resolves once the broker has acknowledged all. */
async function publish(
  { publisher }: Bench,
  messages: readonly Recorded[],
  perSecond: number,
): Promise<ReadonlyMap<string, number>> {
  const at = new Map<string, number>();
  const open: Promise<unknown>[] = [];
  const began = performance.now();
  for (const [i, { id, topic, payload }] of messages.entries()) {
    const dueIn = (1000 * i) / perSecond - (performance.now() - began);
    if (dueIn > 1) await sleep(dueIn);
    at.set(id, Date.now());
    open.push(publisher.publishAsync(topic, payload, { qos: 1 }));
    if (open.length >= 200) await Promise.all(open.splice(0));
  }
  await Promise.all(open);
  return at;
}

const rowCount = async ({ subject, around }: Bench): Promise<number> => {
  const [row] = await around.database.query<{ readonly count: number }>(
    `SELECT count(*) AS count FROM ${subject.rows}`,
  );
  return row?.count ?? 0;
};

async function drained(bench: Bench, process: ChildProcess, before: number, messages: number) {
  const { postgresPid, subject } = bench;
  const pid = process.pid ?? 0;
  const now = () => ({
    itself: treeCpuSeconds(pid),
    postgres: treeCpuSeconds(postgresPid),
    atMs: Date.now(),
  });
  let [from, rowsFrom, peakMemoryMb] = [now(), before, 0];
  const deadline = Date.now() + MOST_MS;
  for (;;) {
    await sleep(100);
    const rows = await rowCount(bench);
    peakMemoryMb = Math.max(peakMemoryMb, residentMb(pid));
    if (rowsFrom === before && rows > before) [from, rowsFrom] = [now(), rows];
    if (rows >= before + messages) {
      const to = now();
      const count = rows - rowsFrom;
      const each = (what: 'itself' | 'postgres') => Math.round((1e6 * (to[what] - from[what])) / count);
      const microsecondsPerRow = { itself: each('itself'), postgres: each('postgres') };
      return {
        rowsPerSecond: Math.round((1000 * count) / (to.atMs - from.atMs)),
        microsecondsPerRow,
        rowsPerCpuSecond: Math.round(1e6 / (microsecondsPerRow.itself + microsecondsPerRow.postgres)),
        peakMemoryMb: Math.round(peakMemoryMb),
      };
    }
    if (Date.now() > deadline)
      throw new Error(`${subject.name} stored ${rows - before} of ${messages} messages in time`);
  }
}

async function latencies(bench: Bench, shares: Shares): Promise<Measured['latencyMs']> {
  const published = await publish(bench, shares.latency, PACE_PER_SECOND);
  await untilQuiet(bench);
  const rows = await bench.around.database.query<{ readonly id: string; readonly atMs: number }>(
    `SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xid))::double precision * 1000 AS "atMs" FROM ${bench.subject.rows}
     WHERE id = ANY($1::text[])`,
    [[...published.keys()]],
  );
  const took = rows.map(({ id, atMs }) => atMs - (published.get(id) ?? NaN)).sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.ceil(share * took.length) - 1] ?? NaN);
  return { p50: at(0.5), p99: at(0.99) };
}

async function untilQuiet(bench: Bench): Promise<void> {
  let [rows, sinceMs] = [await rowCount(bench), Date.now()];
  while (Date.now() - sinceMs < QUIET_MS) {
    await sleep(250);
    const seen = await rowCount(bench);
    if (seen !== rows) [rows, sinceMs] = [seen, Date.now()];
  }
}

async function losses({ subject, around }: Bench, messages: readonly Recorded[]): Promise<Measured['kill']> {
  const ids = messages.map(({ id }) => id);
  const [row] = await around.database.query<{ readonly rows: number; readonly ids: number }>(
    `SELECT count(*) AS rows, count(DISTINCT id) AS ids FROM ${subject.rows} WHERE id = ANY($1::text[])`,
    [ids],
  );
  const { rows = 0, ids: found = 0 } = row ?? {};
  return { published: ids.length, lost: ids.length - found, doubled: rows - found };
}
