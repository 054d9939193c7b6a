/**
 * PostgreSQL with TimescaleDB, from this machine's packages, or from a Debian trixie that `npm run engines` put into a
 * folder (then it runs in a chroot, which only root can do). It refuses to run as root: root becomes `postgres`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { engineCache, freePort, startEngine, type Engine } from './engine.ts';

interface Installed {
  /** What is the root folder to it; its own paths begin there. */
  readonly root: string;
  readonly programs: string;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** @returns undefined where this machine has no PostgreSQL with TimescaleDB. */
export function installedPostgres(): Installed | undefined {
  const roots = isRoot() ? ['/', engineCache('postgres-17')] : ['/'];
  for (const root of roots) {
    const versions = join(root, 'usr/lib/postgresql');
    if (!existsSync(versions)) continue;
    for (const version of readdirSync(versions).sort().reverse())
      if (existsSync(join(versions, version, 'lib/timescaledb.so')))
        return { root, programs: `/usr/lib/postgresql/${version}/bin` };
  }
  return undefined;
}

const SETTINGS = {
  shared_preload_libraries: 'timescaledb',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  dynamic_shared_memory_type: 'mmap', // a chroot has no /dev/shm
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  'timescaledb.telemetry_level': 'off',
  log_min_messages: 'fatal',
};

/** A server whose superuser is `postgres` without a password, on loopback. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Engine> {
  const installed = installedPostgres();
  if (!installed) throw new Error('no PostgreSQL with TimescaleDB here: npm run engines');
  const { root, programs } = installed;
  const port = await freePort();
  const folder = dataFolder(root);
  const data = `${insideOf(root, folder)}/data`;
  run(
    root,
    `${programs}/initdb`,
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  );
  const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  return startEngine({
    name: 'postgres',
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    folder,
    command: asPostgres(root, `${programs}/postgres`, '-D', data, '-p', String(port), ...options),
    stopSignal: 'SIGINT', // fast: sessions are ended
  });
}

const insideOf = (root: string, path: string): string => (root === '/' ? path : path.slice(root.length));

const asPostgres = (root: string, ...command: readonly string[]): readonly string[] =>
  isRoot() ? ['chroot', '--userspec=postgres:postgres', root, ...command] : command;

function run(root: string, ...command: readonly string[]): void {
  const [program = '', ...args] = asPostgres(root, ...command);
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
}

/** A folder the server can write to, inside its root. */
function dataFolder(root: string): string {
  const temporary = join(root, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const folder = mkdtempSync(join(temporary, 'wayside-postgres-'));
  if (isRoot()) execFileSync('chroot', [root, 'chown', 'postgres:postgres', insideOf(root, folder)]);
  return folder;
}
