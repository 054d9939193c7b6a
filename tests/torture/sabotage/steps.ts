/** Durable steps of a process, counted, so that it can be made to die between any two of them. */
import { appendFileSync } from 'node:fs';
import type { Control } from './control.ts';

let left = 0;
let when: 'before' | 'after' = 'before';
let log: string | undefined;

export function armCrash(crash: Control['crash'], logPath: string | undefined): void {
  left = crash?.step ?? 0;
  when = crash?.when ?? 'before';
  log = logPath;
}

/** To be called before a step is asked for. */
export function stepBegins(label: string): void {
  if (left === 0 || when !== 'before') return;
  if (--left === 0) die(label);
}

/** To be called as its answer comes, before anybody acts on it. */
export function stepEnds(label: string): void {
  if (left === 0 || when !== 'after') return;
  if (--left === 0) die(label);
}

function die(label: string): void {
  if (log !== undefined) appendFileSync(log, `${when} ${label}\n`);
  process.kill(process.pid, 'SIGKILL');
}
