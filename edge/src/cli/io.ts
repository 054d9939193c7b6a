/** What a command may touch of the process; only main.ts takes it from there. */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';

export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: Readable;
  readonly write: (text: string) => void;
  readonly logger: Logger;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Name and version of this agent. */
  readonly software: string;
}

/** 0 done, 1 failed, 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

/** A wrong use of the command, with every problem found. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** One JSON object for programs, or lines for people. */
export function report(io: Io, json: boolean, result: object, lines: readonly string[]): void {
  io.write(json ? `${JSON.stringify(result)}\n` : lines.map((line) => `${line}\n`).join(''));
}
