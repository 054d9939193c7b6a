/**
 * A server of others, started by a test on loopback with a folder of its own below the system's temporary one.
 * `kill` is kill -9; what it kept is still there for `start`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endsWithUs } from './ends-with-us.ts';

export interface Engine {
  readonly url: string;
  readonly pid: number;
  /** What it keeps. */
  readonly folder: string;
  readonly running: boolean;
  /** Starts it again on the same port, with what it kept. */
  start(): Promise<void>;
  /** Asks it to end, with its own signal where none is named, and waits; killed where it takes too long. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export interface EngineParts {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly command: readonly string[];
  readonly stopSignal?: NodeJS.Signals;
  readonly readyTimeoutMs?: number;
  /** Beyond listening: rejects while it is not ready yet. */
  readonly ready?: () => Promise<unknown>;
}

/** Where `npm run engines` puts what is not a package of this machine. */
export const engineCache = (name: string): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'wayside', name);

export const engineFolder = (name: string): string => mkdtempSync(join(tmpdir(), `wayside-${name}-`));

const given = new Set<number>();

/** A port that was free a moment ago, chosen by the system, and each only once. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}

const STOP_TIMEOUT_MS = 30_000;
const READY_TIMEOUT_MS = 60_000;

/** @throws Error with the last output of a server that ended, or did not get ready in time. */
export async function startEngine(parts: EngineParts): Promise<Engine> {
  let running = launch(parts);
  await running.ready;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running.child.kill('SIGCONT');
    running.child.kill(signal);
    const forced = setTimeout(() => running.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await running.ended;
    clearTimeout(forced);
  };
  const stop = (signal = parts.stopSignal ?? 'SIGTERM') => end(signal);
  return {
    url: parts.url,
    folder: parts.folder,
    get pid() {
      return running.child.pid ?? 0;
    },
    get running() {
      return running.child.exitCode === null && running.child.signalCode === null;
    },
    start: async () => {
      running = launch(parts);
      await running.ready;
    },
    stop,
    kill: () => end('SIGKILL'),
    signal: (name) => void running.child.kill(name),
    remove: async () => {
      await stop();
      rmSync(parts.folder, { recursive: true, force: true });
    },
  };
}

interface Launched {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  readonly ready: Promise<void>;
}

function launch(parts: EngineParts): Launched {
  const [program = '', ...args] = parts.command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
  endsWithUs(child);
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve();
    });
    child.once('close', () => resolve());
  });
  return { child, ended, ready: untilReady(parts, ended, () => output) };
}

async function untilReady(parts: EngineParts, ended: Promise<void>, output: () => string): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  const deadline = Date.now() + (parts.readyTimeoutMs ?? READY_TIMEOUT_MS);
  for (;;) {
    if (over.signal.aborted) throw new Error(`${parts.name} ended while it started:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`${parts.name} is not ready in time:\n${output()}`);
    try {
      await reach(parts.port);
      await parts.ready?.();
      return;
    } catch {
      await sleep(100);
    }
  }
}

const reach = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
