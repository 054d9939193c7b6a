/** A process that is started again whenever it ends, as a service manager would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endsWithUs } from '../../support/engines/ends-with-us.ts';

export interface SupervisedPlan {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Everything that it says. */
  readonly log: string;
  /** Called for each process, before anything else happens to it. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface Supervised {
  readonly name: string;
  readonly pid: number;
  /** Starts since the first. */
  readonly restarts: number;
  /** Ends of which nobody here was the cause, by exit code. */
  readonly ownEnds: ReadonlyMap<string, number>;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process of this moment has ended. */
  ended(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2_000;
/** Who lives so long has started well. */
const SETTLED_MS = 5_000;
const STOP_MS = 12_000;

export function supervise(plan: SupervisedPlan): Supervised {
  const log = createWriteStream(plan.log, { flags: 'a' });
  const ownEnds = new Map<string, number>();
  let restarts = -1;
  let closing = false;
  let hurt = false;
  let child = launch(plan, log);
  const keep = async (): Promise<void> => {
    let retryMs = FIRST_RETRY_MS;
    for (;;) {
      restarts++;
      hurt = false;
      const startedAtMs = Date.now();
      const how = await endOf(child);
      if (isClosing()) return;
      if (!isHurt()) ownEnds.set(how, (ownEnds.get(how) ?? 0) + 1);
      retryMs = Date.now() - startedAtMs > SETTLED_MS ? FIRST_RETRY_MS : Math.min(LAST_RETRY_MS, retryMs * 2);
      await sleep(retryMs);
      if (isClosing()) return;
      child = launch(plan, log);
    }
  };
  const isClosing = (): boolean => closing;
  const isHurt = (): boolean => hurt;
  const kept = keep();
  return {
    name: plan.name,
    get pid() {
      return child.pid ?? 0;
    },
    get restarts() {
      return restarts;
    },
    ownEnds,
    signal: (name) => {
      if (name === 'SIGKILL' || name === 'SIGTERM') hurt = true;
      child.kill(name);
    },
    ended: async (timeoutMs) => {
      hurt = true;
      const timeout = new AbortController();
      const late = sleep(timeoutMs, false, { signal: timeout.signal }).catch(() => false);
      const done = await Promise.race([endOf(child).then(() => true), late]);
      timeout.abort();
      return done;
    },
    close: async () => {
      closing = true;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await kept;
      clearTimeout(forced);
      log.end();
    },
  };
}

function launch({ args, env, onStart }: SupervisedPlan, log: WriteStream): ChildProcess {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  endsWithUs(child);
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.on('error', () => undefined);
  onStart?.(child);
  return child;
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    const told = (): void => resolve(child.signalCode ?? `code ${child.exitCode}`);
    if (child.exitCode !== null || child.signalCode !== null) told();
    else child.once('exit', told);
  });
