/**
 * One process a data folder. The lock is a file with the process id of its holder and, where the system tells, the
 * moment that process started, so that the lock of a dead process is recognised even when its id is in use again.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { StoreError } from './store-error.ts';

const heldHere = new Set<string>();

/** @returns the function that releases the lock. @throws StoreError `data-in-use` while another holds it. */
export function lockData(path: string): () => void {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  try {
    takeLock(path, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  heldHere.add(path);
  return () => {
    if (heldHere.delete(path)) rmSync(path, { force: true });
  };
}

function takeLock(path: string, mine: string): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (linked(mine, path)) return;
    const text = readOrEmpty(path);
    if (holderLives(path, text)) throw inUse(path, text);
    setAside(path, text);
  }
  throw inUse(path, readOrEmpty(path));
}

/** A link appears with its content in one step, and only where nothing stands yet. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the dead lock that was read as `text`; gives back what another process put there in between. */
function setAside(path: string, text: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readOrEmpty(aside) !== text) linked(aside, path);
  rmSync(aside, { force: true });
}

function holderLives(path: string, text: string): boolean {
  const { pid, started } = parseHolder(text);
  if (pid === process.pid) return heldHere.has(path);
  if (pid === undefined || !isAlive(pid)) return false;
  const now = startOf(pid);
  return started === null || now === null || now === started;
}

function parseHolder(text: string): { readonly pid?: number; readonly started: string | null } {
  try {
    const value = JSON.parse(text) as { pid?: unknown; started?: unknown };
    const started = typeof value.started === 'string' ? value.started : null;
    return typeof value.pid === 'number' ? { pid: value.pid, started } : { started };
  } catch {
    return { started: null };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux: boot id and start time in ticks (proc(5), field 22 of stat); null elsewhere. */
function startOf(pid: number): string | null {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  if (ticks === undefined) return null;
  return `${readOrEmpty('/proc/sys/kernel/random/boot_id').trim()}/${ticks}`;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const inUse = (path: string, text: string): StoreError =>
  new StoreError(
    'data-in-use',
    `another process (${parseHolder(text).pid ?? 'unknown'}) has this data folder open: ${path}`,
  );
