/** What happens to the servers of others. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Engine } from '../../support/engines/engine.ts';
import type { EngineName, Ground } from '../house/ground.ts';
import { lockTable, takeAllConnections } from './database-faults.ts';
import type { Injected } from './injected.ts';
import type { Fault } from './schedule.ts';
import type { World } from './world.ts';

export async function hurtEngine(world: World, name: EngineName, fault: Fault): Promise<Injected> {
  const { ground } = world;
  if (!ground) return 'missed';
  const engine = ground.engines[name];
  const asked = ASKING[fault.kind];
  if (asked) return asked(ground, engine, fault.lastsMs);
  if (fault.kind === 'kill' && name === 'mosquitto') world.brokerKillsMs.push(Date.now());
  const ended = await end(ground, engine, fault);
  await bringBack(engine);
  return ended;
}

type Asking = (ground: Ground, engine: Engine, lastsMs: number) => Promise<Injected>;

/** What the server lives through. */
const ASKING: Readonly<Record<string, Asking>> = {
  pause: async (_ground, engine, lastsMs) => {
    engine.signal('SIGSTOP');
    await sleep(lastsMs);
    engine.signal('SIGCONT');
    return 'done';
  },
  flush: (_ground, engine) => flush(engine),
  'no-connection-left': async ({ databaseUrl }, _engine, lastsMs) => {
    await takeAllConnections(databaseUrl, lastsMs);
    return 'done';
  },
  'table-locked': async ({ databaseUrl }, _engine, lastsMs) => {
    await lockTable(databaseUrl, lastsMs);
    return 'done';
  },
};

/** What it may die of. */
async function end({ disk }: Ground, engine: Engine, { kind, lastsMs }: Fault): Promise<Injected> {
  switch (kind) {
    case 'restart-fast':
      await engine.stop('SIGINT');
      return 'done';
    case 'restart-immediate':
      await engine.stop('SIGQUIT');
      return 'done';
    case 'stop':
      await engine.stop();
      await sleep(lastsMs);
      return 'done';
    case 'disk-full':
      disk?.fill();
      await sleep(lastsMs);
      disk?.free();
      return disk ? 'done' : 'missed';
    case 'file-lost':
      await engine.kill();
      for (const file of readdirSync(engine.folder)) rmSync(join(engine.folder, file), { recursive: true });
      return 'done';
    default:
      await engine.kill();
      return 'done';
  }
}

const MOST_TRIES = 20;

/** A database that was killed refuses to start until the last of its old processes has ended. */
export async function bringBack(engine: Engine): Promise<void> {
  for (let tries = 1; !engine.running; tries++)
    try {
      await engine.start();
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await sleep(500);
    }
}

async function flush({ url }: Engine): Promise<Injected> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.flushall();
    return 'done';
  } catch {
    return 'missed';
  } finally {
    redis.disconnect();
  }
}
