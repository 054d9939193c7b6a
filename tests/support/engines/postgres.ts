/**
 * PostgreSQL with TimescaleDB, from this machine's packages, or from a Debian trixie that `npm run engines` put into a
 * folder (then it runs in a chroot, which only root can do). It refuses to run as root: root becomes `postgres`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineCache, freePort, startEngine, type Engine } from './engine.ts';

interface Installed {
  /** What is the root folder to it; its own paths begin there. */
  readonly root: string;
  readonly programs: string;
  readonly timescale: boolean;
}

export interface PostgresOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Makes the folder that its data stands in, already there, be on another disk; in the paths of this machine. */
  readonly onDisk?: (folder: string) => void;
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** @returns undefined where this machine has no PostgreSQL with TimescaleDB. */
export const installedTimescale = (): Installed | undefined => installed().find(({ timescale }) => timescale);

/** With TimescaleDB where there is one; undefined where there is no PostgreSQL at all. */
export const installedPostgres = (): Installed | undefined => installedTimescale() ?? installed()[0];

/** The newest first. */
function installed(): readonly Installed[] {
  const roots = isRoot() ? ['/', engineCache('postgres-17')] : ['/'];
  return roots.flatMap((root) => {
    const versions = join(root, 'usr/lib/postgresql');
    if (!existsSync(versions)) return [];
    return readdirSync(versions)
      .filter((version) => existsSync(join(versions, version, 'bin/postgres')))
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => ({
        root,
        programs: `/usr/lib/postgresql/${version}/bin`,
        timescale: existsSync(join(versions, version, 'lib/timescaledb.so')),
      }));
  });
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  dynamic_shared_memory_type: 'mmap', // a chroot has no /dev/shm
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  log_min_messages: 'fatal',
};
const TIMESCALE = { shared_preload_libraries: 'timescaledb', 'timescaledb.telemetry_level': 'off' };

/** A server whose superuser is `postgres` without a password, on loopback, durable as in production (fsync on). */
export async function startPostgres({ settings = {}, onDisk }: PostgresOptions = {}): Promise<Engine> {
  const found = installedPostgres();
  if (!found) throw new Error('no PostgreSQL here: npm run engines');
  const { root, programs, timescale } = found;
  const port = await freePort();
  const folder = dataFolder(root, onDisk);
  const data = `${insideOf(root, folder)}/data`;
  const made = ['-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8'];
  run(root, `${programs}/initdb`, '-D', data, ...made);
  const all = { ...SETTINGS, ...(timescale && TIMESCALE), ...settings };
  const options = Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return startEngine({
    name: 'postgres',
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    folder,
    command: asPostgres(root, `${programs}/postgres`, '-D', data, '-p', String(port), ...options),
    stopSignal: 'SIGINT', // fast: sessions are ended
    // it listens before it has recovered
    ready: () =>
      Promise.resolve().then(() => {
        run(root, `${programs}/pg_isready`, '-q', '-h', '127.0.0.1', '-p', String(port));
      }),
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
function dataFolder(root: string, onDisk?: (folder: string) => void): string {
  const temporary = root === '/' ? tmpdir() : join(root, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const folder = mkdtempSync(join(temporary, 'wayside-postgres-'));
  onDisk?.(folder);
  if (isRoot()) execFileSync('chroot', [root, 'chown', 'postgres:postgres', insideOf(root, folder)]);
  return folder;
}
