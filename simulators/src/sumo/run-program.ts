/** Runs one of SUMO's programs to its end. */
import { spawn } from 'node:child_process';

export type ProgramErrorCode = 'not-installed' | 'failed';

export class ProgramError extends Error {
  readonly code: ProgramErrorCode;

  constructor(code: ProgramErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ProgramError';
    this.code = code;
  }
}

const LONGEST_MS = 600_000;
const KEPT_CHARACTERS = 2000;

/** @throws ProgramError where it is not there, fails, or takes longer than ten minutes; the signal ends it. */
export async function runProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) => reject(failureOf(program, error))).on('close', resolve);
  });
  if (code !== 0)
    throw new ProgramError(
      'failed',
      `${program} failed (exit code ${code ?? 'none, killed'}):\n${said.trim()}`,
    );
}

function failureOf(program: string, error: NodeJS.ErrnoException): ProgramError {
  if (error.code === 'ENOENT')
    return new ProgramError(
      'not-installed',
      `${program} is not installed (Debian: apt-get install sumo)`,
      error,
    );
  return new ProgramError('failed', `${program} was stopped: ${error.message}`, error);
}
