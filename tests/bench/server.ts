/**
 * The server profile on one machine as plain processes: Mosquitto → intake → Kafka → judges → TimescaleDB → worker on
 * Redis → API, with a fleet of cameras in a process of its own.
 *
 * 1. At 10,000 observations/s: from the sending of the message that completes an encounter to the committed hold.
 * 2. Overload: observations judged and recorded a second, and the memory of each process.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from '../server/devices.ts';
import { canServe, openGround, WITHOUT_ENGINES } from '../server/engines.ts';
import { createFleet, type Fleet, type Role } from '../server/fleet.ts';
import setUpEngines from '../server/setup.ts';
import { holdLatencies } from './hold-latencies.ts';
import { residentMb, tenths } from './resident-mb.ts';

export const description =
  'the server profile on real engines: observations/s, detection to hold, memory (--minutes N of overload at --rate N)';

interface Options {
  readonly json: boolean;
  readonly minutes?: string;
  readonly rate?: string;
}

const ROLES: readonly Role[] = ['api', 'intake', 'judge', 'judge', 'worker', 'scheduler'];
const EASE_RATE = 10_000;
const EASE_SECONDS = 60;
/** Time for outboxes and judges to get under way, or to come to rest. */
const SETTLE_MS = 10_000;

export async function run({ json, minutes = '2', rate = '200000' }: Options): Promise<object> {
  const say = (text: string) => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const tearDown = await setUpEngines();
  try {
    if (!canServe()) throw new Error(`this machine cannot run it${WITHOUT_ENGINES()}`);
    const ease = await withFleet((fleet, broker) => atEase(fleet, broker, say));
    const offered = { rate: Number(rate), seconds: Number(minutes) * 60 };
    const overload = await withFleet((fleet, broker) => overloaded(fleet, broker, offered, say));
    return { ...ease, ...overload };
  } finally {
    await tearDown();
  }
}

async function withFleet<T>(measure: (fleet: Fleet, broker: string) => Promise<T>): Promise<T> {
  const ground = await openGround({ partitions: 8 });
  const fleet = createFleet(ground);
  try {
    for (const role of ROLES) await fleet.start(role);
    return await measure(fleet, ground.mosquitto.url);
  } finally {
    await fleet.close();
    await ground.close();
  }
}

async function atEase(fleet: Fleet, broker: string, say: (text: string) => void): Promise<object> {
  say(`at ease: ${EASE_RATE} observations/s for ${EASE_SECONDS} s …`);
  const load = runLoad({ broker, rate: EASE_RATE, sites: 100, seconds: EASE_SECONDS + SETTLE_MS / 1000 });
  await sleep(SETTLE_MS);
  const page = fleet.parts.find(({ role }) => role === 'api')?.url ?? '';
  const latencies = holdLatencies(page);
  const { observationsPerSecond, acknowledged, ackLatencyMs } = await load.done;
  const detectionToHoldMs = await latencies.stop();
  const counters = await fleet.drained(Number(acknowledged), 120_000);
  const result = { observationsPerSecond, ackLatencyMs, detectionToHoldMs, balanced: counters.balanced };
  say(JSON.stringify(result));
  return { ease: result };
}

async function overloaded(
  fleet: Fleet,
  broker: string,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
  say: (text: string) => void,
): Promise<object> {
  say(`overload: cameras offer ${rate} observations/s for ${seconds} s …`);
  const load = runLoad({ broker, rate, sites: 200, seconds });
  await sleep(SETTLE_MS);
  const from = await fleet.counters();
  const startedAtMs = Date.now();
  const peaks = new Map<string, number>();
  const together: number[] = [];
  while (Date.now() - startedAtMs < seconds * 1000 - SETTLE_MS * 1.5) {
    await sleep(1_000);
    const now = fleet.parts.map(({ role, pid }) => [`${role} ${pid}`, residentMb(pid)] as const);
    for (const [name, mb] of now) peaks.set(name, Math.max(mb, peaks.get(name) ?? 0));
    together.push(now.reduce((sum, [, mb]) => sum + mb, 0));
  }
  const to = await fleet.counters();
  const elapsed = (Date.now() - startedAtMs) / 1000;
  const { acknowledged } = await load.done;
  const stoppedAtMs = Date.now();
  const end = await fleet.drained(Number(acknowledged), 1_800_000);
  const result = {
    offeredPerSecond: rate,
    observationsPerSecond: Math.round((to.judge.observations - from.judge.observations) / elapsed),
    messagesPerSecond: Math.round((to.judge.judged - from.judge.judged) / elapsed),
    drainedAfterSeconds: Math.round((Date.now() - stoppedAtMs) / 1000),
    peakMemoryMb: Object.fromEntries([...peaks].map(([name, mb]) => [name, Math.round(mb)])),
    memoryMbByTenthOfTheTime: tenths(together),
    balanced: end.balanced,
  };
  say(JSON.stringify(result));
  return { overload: result };
}
