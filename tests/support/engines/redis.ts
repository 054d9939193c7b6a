import { engineFolder, freePort, startEngine, type Engine } from './engine.ts';
import { findProgram } from './find-program.ts';

export const redisProgram = (): string | undefined => findProgram('redis-server');

/** Redis as the house asks for it: nothing evicted, an append-only file. */
export async function startRedis(): Promise<Engine> {
  const port = await freePort();
  const folder = engineFolder('redis');
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
  };
  return startEngine({
    name: 'redis-server',
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    command: [
      redisProgram() ?? 'redis-server',
      ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    ],
  });
}
