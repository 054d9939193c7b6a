/** A small disk of its own that can be made full: a tmpfs, which only root can mount. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk {
  readonly folder: string;
  fill(): void;
  free(): void;
  remove(): void;
}

const SIZE_MB = 2_048;
const PAGE = 4096;
const run = (program: string, ...args: readonly string[]): unknown =>
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** Mounts one over a folder. */
export function mountDisk(folder: string): Disk {
  run('mount', '-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'wayside-torture', folder);
  return {
    folder,
    fill: () => {
      const { blocks, bfree, bsize } = statfsSync(folder);
      run('mount', '-o', `remount,size=${Math.max(PAGE, (blocks - bfree) * bsize)}`, folder);
    },
    free: () => void run('mount', '-o', `remount,size=${SIZE_MB}m`, folder),
    remove: () => void run('umount', '-l', folder),
  };
}

/** Whether this machine lets us; asked by doing it once. */
export function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'wayside-mount-'));
  try {
    mountDisk(folder).remove();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
