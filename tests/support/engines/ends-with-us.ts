import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** The child is killed where this process ends before it, also where a person or a deadline ends that. */
export function endsWithUs(child: ChildProcess): void {
  if (running.size === 0) {
    process.on('exit', killAll);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupted);
  }
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size > 0) return;
    process.off('exit', killAll);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
  });
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Whoever else listens to the signal decides when to end. */
function interrupted(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  process.exit(1);
}
