/**
 * Runs another deployable's program as a process of its own (deployables meet only in contracts), and reads the NDJSON
 * it prints. Its log goes to this process's standard error. It hears through the IPC channel when this process dies.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CommandFailure } from './failure.ts';

export interface ToolLine {
  readonly kind: string;
  readonly [key: string]: unknown;
}

export interface Tool {
  /** Resolves with the exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop in order; a second call stops it now. */
  readonly stop: () => void;
}

/** @throws CommandFailure where the simulators are not installed beside the pipeline. */
export const runSimulators = (args: readonly string[], onLine: (line: ToolLine) => void): Tool =>
  run(
    programIn(
      'simulators/bin/wayside-simulators.js',
      'the simulators are not installed here: run this from a whole checkout, or use --no-simulate',
    ),
    args,
    onLine,
  );

/** @throws CommandFailure where the tests are not beside the pipeline. */
export const runBreaker = (args: readonly string[], onLine: (line: ToolLine) => void): Tool =>
  run(
    programIn(
      'tests/torture/bin/torture.js',
      'the breaker is one of the tests, which are not installed here: run this from a whole checkout',
    ),
    args,
    onLine,
  );

function run(program: string, args: readonly string[], onLine: (line: ToolLine) => void): Tool {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = parseLine(text);
      if (line) onLine(line);
    });
  let asked = false;
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', killNow);
      resolve(code);
    });
  });
  return {
    ended,
    stop: () => {
      child.kill(asked ? 'SIGKILL' : 'SIGTERM');
      asked = true;
    },
  };
}

function programIn(path: string, orElse: string): string {
  const program = fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  if (!existsSync(program)) throw new CommandFailure(orElse, 1);
  return program;
}

function parseLine(text: string): ToolLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as ToolLine) : undefined;
  } catch {
    return undefined;
  }
}
