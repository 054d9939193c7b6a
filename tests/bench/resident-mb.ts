import { readFileSync } from 'node:fs';

/** Memory of a process that is not on disk, now; 0 where it is gone or there is no /proc. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Means of the tenths of a run, in order: whether something grows. */
export function tenths(values: readonly number[]): readonly number[] {
  const at = (tenth: number) => Math.round((tenth * values.length) / 10);
  return Array.from({ length: 10 }, (_, tenth) => mean(values.slice(at(tenth), at(tenth + 1))));
}

const mean = (values: readonly number[]) =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
