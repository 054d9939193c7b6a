/** The processes of a house on the server profile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counters } from '@wayside/contracts/http';
import { spawnWayside, temporaryFolder, type Finished, type Running } from '../support/wayside.ts';
import type { Ground } from './engines.ts';

export type Role = 'intake' | 'judge' | 'worker' | 'scheduler' | 'api';

interface Part {
  readonly role: Role;
  readonly pid: number;
  /** Of its page or its probes. */
  readonly url: string;
  readonly running: Running;
  stop(): Promise<Finished>;
  kill(): Promise<Finished>;
}

export interface Fleet {
  start(role: Role): Promise<Part>;
  readonly parts: readonly Part[];
  /** The data folder that its processes share. */
  readonly folder: string;
  counters(): Promise<Counters>;
  /** Waits until so many messages are stored, all are judged and all that is due is held. */
  drained(messages: number, timeoutMs: number): Promise<Counters>;
  close(): Promise<void>;
}

/** See the Dockerfile. */
const AS_IN_THE_IMAGE = { NODE_OPTIONS: '--max-semi-space-size=64' };
/** See docker-compose.yml. */
const AS_IN_COMPOSE = ['--single-threaded-gc'];

/** @param keys its data folder, which is removed with it; a new one where absent. */
export function createFleet(ground: Ground, keys = temporaryFolder('fleet')): Fleet {
  const parts: Part[] = [];
  const start = async (role: Role): Promise<Part> => {
    const running = spawnWayside(
      [...['start', '--role', role, '--data', keys.path, '--port', '0', '--json'], ...ground.args],
      AS_IN_THE_IMAGE,
      AS_IN_COMPOSE,
    );
    const { page } = JSON.parse(await running.printed(/\}\s*$/)) as { readonly page: string };
    const end = (signal: NodeJS.Signals) => {
      if (parts.includes(part)) parts.splice(parts.indexOf(part), 1);
      running.child.kill(signal);
      return running.finished;
    };
    const part: Part = {
      role,
      url: page,
      pid: running.child.pid ?? 0,
      running,
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    };
    parts.push(part);
    return part;
  };
  const counters = async (): Promise<Counters> => {
    const api = parts.find(({ role }) => role === 'api');
    const response = await fetch(`${api?.url ?? ''}/api/counters`, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok) throw new Error(`counters answered ${response.status}`);
    return (await response.json()) as Counters;
  };
  return {
    start,
    parts,
    folder: keys.path,
    counters,
    drained: (messages, timeoutMs) => untilDrained(counters, messages, timeoutMs),
    close: async () => {
      await Promise.all([...parts].map((part) => part.kill()));
      keys.remove();
    },
  };
}

async function untilDrained(
  counters: () => Promise<Counters>,
  messages: number,
  timeoutMs: number,
): Promise<Counters> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const now = await counters();
    const { intake, judge, holds } = now;
    if (intake.stored >= messages && judge.waiting === 0 && holds.pending === 0) return now;
    if (Date.now() > deadline)
      throw new Error(
        `not drained in time: ${intake.stored} of ${messages} messages stored, ${judge.waiting} not judged, ${holds.pending} holds not placed`,
      );
    await sleep(100);
  }
}
