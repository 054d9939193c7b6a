/** Server programs of the machine, each run for one test or benchmark on loopback, below a folder that goes with it. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A port that was free a moment ago, chosen by the system. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('the system gave no port'));
      });
    });
  });

/** @returns the path of a program, in the search path or one of these folders; undefined where it is not installed. */
export function programPath(name: string, folders: readonly string[] = []): string | undefined {
  const searched = [...folders, ...(process.env['PATH'] ?? '').split(':')];
  return searched.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Debian keeps the server's programs in a folder a version; the newest first. */
export function postgresFolders(): readonly string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'));
}

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** A server that refuses to run as root runs as the user its package made; undefined: as whoever we are. */
export function unprivileged(user: string): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Runs a program to its end. @throws Error with what it said, where it failed. */
export function runOnce(path: string, args: readonly string[], identity?: Identity): void {
  const done = spawnSync(path, args, { encoding: 'utf8', timeout: 120_000, ...identity });
  if (done.status !== 0)
    throw new Error(`${path} failed: ${done.stderr || (done.error?.message ?? 'without a word')}`);
}

export interface RunningServer {
  readonly pid: number;
  /** Everything it has said, its last 16 KiB. */
  readonly said: () => string;
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
  readonly ended: () => boolean;
}

const SAID_LIMIT = 16_384;
const STOP_DEADLINE_MS = 10_000;

/** It ends with this process, also where a person or a deadline stops that. */
export function runServer(path: string, args: readonly string[], identity?: Identity): RunningServer {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], ...identity });
  let said = '';
  const hear = (chunk: Buffer): void => void (said = (said + chunk.toString()).slice(-SAID_LIMIT));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const kill = (): void => void child.kill('SIGKILL');
  const interrupted = (): void => {
    kill();
    process.exit(1);
  };
  process.once('exit', kill);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
  return {
    pid: child.pid ?? 0,
    said: () => said,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    stop: async (signal = 'SIGTERM') => {
      await stopChild(child, ended, signal);
      process.off('exit', kill);
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupted);
    },
  };
}

async function stopChild(child: ChildProcess, ended: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  child.kill(signal);
  await ended;
  clearTimeout(late);
}

const TICKS_PER_SECOND = 100;

/** Processor time of a process, of its children that ended, and of those that run; 0 where there is no /proc. */
export function treeCpuSeconds(pid: number): number {
  const children = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(children)) return 0;
  const running = readFileSync(children, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...running].reduce((sum, one) => sum + ownCpuSeconds(one), 0);
}

function ownCpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), counted from the state
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}
