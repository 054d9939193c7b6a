/**
 * Hostile traffic through MQTT to the real broker, intake and embedded database, in a process of their own: malformed,
 * truncated and oversized packets and payloads, wrong units, foreign topics, wrong clocks. Each must come out as one
 * dead letter with its reason, while an honest device is served on.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topicOf } from '@wayside/contracts/topics';
import { birth, observations, testSite } from '../src/testing/messages.ts';
import type { HouseStatus } from './hostile-house.ts';
import { Line } from './hostile-line.ts';
import { hostile, seeded } from './hostile-messages.ts';

export const description =
  'malformed, truncated, oversized, wrong-unit and hostile messages (--count N): no crash, no growth';

interface Options {
  readonly json: boolean;
  readonly count?: number | string;
}

export interface HostileResult {
  readonly sent: number;
  readonly crashes: number;
  readonly deadLetters: Readonly<Record<string, number>>;
  /** The reasons, and how many of each, are those that were expected. */
  readonly asExpected: boolean;
  readonly expected: Readonly<Record<string, number>>;
  readonly counters: HouseStatus['counters'];
  readonly balanced: boolean;
  readonly memoryMb: Readonly<Record<'start' | 'middle' | 'end', HouseStatus['memoryMb']>>;
  readonly honest: { readonly sent: number; readonly stored: number; readonly acknowledgedMs: Percentiles };
  readonly seconds: number;
  readonly messagesPerSecond: number;
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

const ATTACKERS = 12;
/** The store and the compiler are warm by then. */
const WARM_UP = 0.1;

export async function run({ json, count: asked = 100_000 }: Options): Promise<HostileResult> {
  const count = Number(asked);
  const dir = mkdtempSync(join(tmpdir(), 'wayside-hostile-'));
  const house = await openHouse(dir);
  try {
    const result = await attack(
      house,
      count,
      json ? () => undefined : (line) => void process.stdout.write(`${line}\n`),
    );
    if (!json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    return result;
  } finally {
    house.child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

interface House {
  readonly child: ChildProcess;
  readonly ask: () => Promise<HouseStatus>;
}

async function openHouse(dir: string): Promise<House> {
  const program = fileURLToPath(new URL('./hostile-house.ts', import.meta.url));
  const child = fork(program, [dir], { execArgv: ['--import', 'tsx', '--expose-gc'] });
  await once(child, 'message');
  let last: Promise<unknown> = Promise.resolve();
  const ask = () => {
    const answer = last.then(async () => {
      child.send('status');
      const [status] = (await once(child, 'message')) as [HouseStatus];
      return status;
    });
    last = answer;
    return answer;
  };
  return { child, ask };
}

async function attack(house: House, count: number, say: (line: string) => void): Promise<HostileResult> {
  let crashes = 0;
  house.child.once('exit', () => crashes++);
  const { port } = await house.ask();
  const honest = await honestDevice(port);
  const expected = new Map<string, number>();
  const samples: HouseStatus[] = [];
  const started = performance.now();
  for (const [index, share] of shares(count).entries()) {
    await Promise.all(
      Array.from({ length: ATTACKERS }, (_, attacker) => attackWith(port, attacker, index, share, expected)),
    );
    const status = await house.ask();
    samples.push(status);
    say(`${status.counters.deadLettered} dead letters, ${JSON.stringify(status.memoryMb)}`);
  }
  const seconds = (performance.now() - started) / 1000;
  const served = await honest.stop();
  const end = await house.ask();
  return summary({ count, crashes, expected, samples, end, seconds, served });
}

/** The warm-up, then ten equal parts, each spread over the attackers. */
function shares(count: number): readonly (readonly number[])[] {
  const warm = Math.floor(count * WARM_UP);
  const parts = Array.from({ length: 10 }, (_, index) => spread(count - warm, 10)[index] ?? 0);
  return [warm, ...parts].map((part) => spread(part, ATTACKERS));
}

const spread = (total: number, over: number): readonly number[] =>
  Array.from({ length: over }, (_, index) => Math.floor(total / over) + (index < total % over ? 1 : 0));

async function attackWith(
  port: number,
  attacker: number,
  round: number,
  share: readonly number[],
  expected: Map<string, number>,
): Promise<void> {
  const device = `hostile-${attacker}`;
  const random = seeded(round * ATTACKERS + attacker + 1);
  let line = await Line.open(port, device);
  for (let sequence = 1; sequence <= (share[attacker] ?? 0); sequence++) {
    const attempt = hostile({ device, sequence, random });
    expected.set(attempt.reason, (expected.get(attempt.reason) ?? 0) + 1);
    if (attempt.kind === 'publish') {
      await line.publish(attempt);
    } else {
      await line.breakWith(attempt.bytes);
      line = await Line.open(port, device);
    }
  }
  await line.settled();
  line.end();
}

/** Goes on sending what is right, a few times a second. */
async function honestDevice(port: number): Promise<{ stop: () => Promise<readonly number[]> }> {
  const device = 'honest';
  const site = testSite({ id: 'honest-site', devices: [device] });
  const line = await Line.open(port, device);
  await line.acknowledged({
    topic: topicOf(device, 'status'),
    payload: json(birth({ device, site, sequence: 1, timeMs: Date.now() })),
  });
  const latencies: number[] = [];
  const stopping = new AbortController();
  const sending = (async () => {
    for (let sequence = 2; !stopping.signal.aborted; sequence++) {
      const message = observations({ device, site, sequence, timeMs: Date.now() });
      const sentAt = performance.now();
      await line.acknowledged({ topic: topicOf(device, 'observations'), payload: json(message) });
      latencies.push(performance.now() - sentAt);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await sending;
      line.end();
      return latencies;
    },
  };
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

interface Measured {
  readonly count: number;
  readonly crashes: number;
  readonly expected: ReadonlyMap<string, number>;
  readonly samples: readonly HouseStatus[];
  readonly end: HouseStatus;
  readonly seconds: number;
  readonly served: readonly number[];
}

function summary({ count, crashes, expected, samples, end, seconds, served }: Measured): HostileResult {
  const { counters, deadLetters, stored } = end;
  const { received, duplicate, deadLettered, inFlight } = counters;
  const rows = Object.values(deadLetters).reduce((sum, rowCount) => sum + rowCount, 0);
  const wanted = Object.fromEntries([...expected].sort());
  const memoryAt = (index: number) => (samples[index] ?? end).memoryMb;
  return {
    sent: count,
    crashes,
    deadLetters,
    asExpected:
      JSON.stringify(wanted) === JSON.stringify(Object.fromEntries(Object.entries(deadLetters).sort())),
    expected: wanted,
    counters,
    balanced:
      received === counters.stored + duplicate + deadLettered + inFlight &&
      deadLettered === rows &&
      counters.stored === stored,
    memoryMb: { start: memoryAt(0), middle: memoryAt(Math.floor(samples.length / 2)), end: end.memoryMb },
    honest: { sent: served.length + 1, stored, acknowledgedMs: percentiles(served) },
    seconds: Math.round(seconds * 10) / 10,
    messagesPerSecond: Math.round(count / seconds),
  };
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99) };
}
