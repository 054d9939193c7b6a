/**
 * The embedded house as one process, with a fleet of cameras in another, over MQTT on loopback.
 *
 * 1. At ease: 1,000 observations/s; from the sending of the message that completes an encounter to the committed hold.
 * 2. Overload: cameras that offer ten times what it can take; observations judged and recorded a second, and memory.
 */
import { fileURLToPath } from 'node:url';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counters } from '@wayside/contracts/http';
import { spawnWayside, temporaryFolder, type Running } from '../support/wayside.ts';
import { holdLatencies } from './hold-latencies.ts';
import { residentMb, tenths } from './resident-mb.ts';

export const description =
  'observations/s from MQTT to stored verdict, detection to hold, memory (--minutes N of overload)';

interface Options {
  readonly json: boolean;
  readonly minutes?: string;
}

const SIMULATORS = fileURLToPath(new URL('../../simulators/bin/wayside-simulators.js', import.meta.url));
const EASE_SECONDS = 120;
const EASE_RATE = 1_000;
const OVERLOAD_RATE = 600_000;

export async function run({ json, minutes = '2' }: Options): Promise<object> {
  const say = (text: string) => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const ease = await withHouse((house) => atEase(house, say));
  const overload = await withHouse((house) => overloaded(house, Number(minutes) * 60, say));
  const result = { ...overload, ...ease };
  say(
    Object.entries(result)
      .map(([key, value]) => `${key.padEnd(28)} ${JSON.stringify(value)}`)
      .join('\n'),
  );
  return result;
}

interface BenchedHouse {
  readonly page: string;
  readonly broker: string;
  readonly data: string;
  readonly pid: number;
}

async function withHouse<T>(measure: (house: BenchedHouse) => Promise<T>): Promise<T> {
  const folder = temporaryFolder('bench');
  const args = ['start', '--no-simulate', '--port', '0', '--mqtt-port', '0', '--data', folder.path, '--json'];
  const running: Running = spawnWayside(args);
  try {
    const up = JSON.parse(await running.printed(/\}\s*$/)) as { page: string; broker: string };
    return await measure({ ...up, data: folder.path, pid: running.child.pid ?? 0 });
  } finally {
    running.child.kill('SIGKILL');
    await running.finished;
    folder.remove();
  }
}

async function atEase(house: BenchedHouse, say: (text: string) => void): Promise<object> {
  say(`at ease: ${EASE_RATE} observations/s for ${EASE_SECONDS} s …`);
  const latencies = holdLatencies(house.page);
  await ended(
    load(house, [
      ...['--rate', String(EASE_RATE), '--sites', '10', '--lawless', '1'],
      ...['--duration', String(EASE_SECONDS)],
    ]),
  );
  await sleep(2_000);
  const measured = await latencies.stop();
  return { detectionToHoldMs: measured, easeObservationsPerSecond: EASE_RATE, easeSeconds: EASE_SECONDS };
}

async function overloaded(
  house: BenchedHouse,
  seconds: number,
  say: (text: string) => void,
): Promise<object> {
  say(`overload: cameras offer ${OVERLOAD_RATE} observations/s for ${seconds} s …`);
  const child = load(house, [
    ...['--rate', String(OVERLOAD_RATE), '--sites', '200'],
    ...['--duration', String(seconds)],
  ]);
  await sleep(10_000);
  const from = await counters(house);
  const startedAt = Date.now();
  const memory: number[] = [];
  while (Date.now() - startedAt < (seconds - 15) * 1000) {
    await sleep(1_000);
    memory.push(residentMb(house.pid));
  }
  const to = await counters(house);
  const elapsedSeconds = (Date.now() - startedAt) / 1000;
  child.kill('SIGKILL');
  const balance = await counters(house);
  return {
    observationsPerSecond: Math.round((to.judge.observations - from.judge.observations) / elapsedSeconds),
    messagesPerSecond: Math.round((to.judge.judged - from.judge.judged) / elapsedSeconds),
    verdicts: to.record.verdicts - from.record.verdicts,
    overloadSeconds: Math.round(elapsedSeconds),
    peakMemoryMb: Math.round(Math.max(...memory)),
    memoryMbByTenthOfTheTime: tenths(memory),
    balanced: balance.balanced,
  };
}

function load(house: BenchedHouse, args: readonly string[]): ChildProcess {
  const all = [
    SIMULATORS,
    'load',
    '--broker',
    house.broker,
    '--data',
    `${house.data}/fleet`,
    '--json',
    ...args,
  ];
  return spawn(process.execPath, all, { stdio: ['ignore', 'ignore', 'inherit'] });
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the load ended with exit code ${code}`));
    });
  });

async function counters({ page }: BenchedHouse): Promise<Counters> {
  const response = await fetch(`${page}/api/counters`, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`counters answered ${response.status}`);
  return (await response.json()) as Counters;
}
