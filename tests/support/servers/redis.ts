/** A Redis of its own on loopback, as the queue wants it (`maxmemory-policy noeviction`), where one is installed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, programPath, runServer } from './processes.ts';

export interface RedisServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const READY_WITHIN_MS = 10_000;

/** @returns undefined where no redis-server is installed. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const path = programPath('redis-server');
  if (path === undefined) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'wayside-redis-'));
  const port = await freePort();
  const running = runServer(path, [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir],
    ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'],
  ]);
  const close = async (): Promise<void> => {
    await running.stop();
    await rm(dir, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(port))) {
    if (Date.now() > deadline || running.ended()) {
      await close();
      throw new Error(`redis-server did not start: ${running.said()}`);
    }
    await sleep(50);
  }
  return { url: `redis://127.0.0.1:${port}`, close };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });
