// What the scripts fetch for tests and benchmarks: whole folders below the user's cache, never half of one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'wayside');
mkdirSync(cache, { recursive: true });

const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/go/bin'];
/** Where a program of this machine is; undefined where it is not. */
export const program = (name) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path));

/** Runs it before the user's eyes. @returns whether it ended well. */
export function run(command, args, options = {}) {
  console.log(`$ ${[command, ...args].join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status === 0;
}

/** Makes a folder of the cache, whole or not at all. @returns whether it is there. */
export function fetched(name, fetch) {
  const folder = join(cache, name);
  if (existsSync(folder)) return true;
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  if (!fetch(partial)) return false;
  renameSync(partial, folder);
  return true;
}
