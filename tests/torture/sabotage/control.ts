/** How the breaker speaks to a process it has started: a small file, looked at ten times a second. */
import { readFileSync } from 'node:fs';

export interface Control {
  /** How wrong the clock of this process's host is. */
  readonly clockShiftMs?: number;
  /** Dies at the nth durable step from now: just before it is asked for, or just after it is answered. */
  readonly crash?: { readonly id: number; readonly step: number; readonly when: 'before' | 'after' };
}

const LOOK_EVERY_MS = 100;

export function watchControl(path: string, onChange: (control: Control) => void): void {
  let last = '';
  const look = (): void => {
    try {
      const text = readFileSync(path, 'utf8');
      if (text === last) return;
      onChange(JSON.parse(text) as Control);
      last = text;
    } catch {
      // not written yet, or being written: looked at again
    }
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
}
