/** Runs the command line as its user would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../pipeline/bin/wayside.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves with what was printed so far once it matches; rejects when the process ends before. */
  printed(pattern: RegExp): Promise<string>;
}

/** @param flags of Node's own. */
export function spawnWayside(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): Running {
  const child = spawn(process.execPath, [...flags, PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, WAYSIDE_LOG_LEVEL: 'warn', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    finished,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout)) resolve(stdout);
        };
        child.stdout.on('data', look);
        look();
        void finished.then(({ code }) =>
          reject(new Error(`ended with ${code} before ${pattern} was printed:\n${stderr}`)),
        );
      }),
  };
}

export const runWayside = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Finished> =>
  spawnWayside(args, env).finished;

/** A folder of the test's own, and its removal. */
export function temporaryFolder(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `wayside-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
