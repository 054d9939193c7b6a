/** The commands of `wayside-edge`. */
import { Command, CommanderError } from 'commander';
import { addCameraCommand } from './camera-command.ts';
import { addHandheldCommands } from './handheld-commands.ts';
import { UsageError, type ExitCode, type Io } from './io.ts';
import { addSignalCommand } from './signal-command.ts';

/** Runs one command line. Problems go to standard error; what is asked for goes to `io.write`. */
export async function runProgram(
  args: readonly string[],
  io: Io,
  writeError: (text: string) => void,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = new Command('wayside-edge')
    .description('The edge of Wayside: cameras and signals at crosswalks, handhelds on trains.')
    .version(io.software)
    .configureOutput({ writeOut: io.write, writeErr: writeError })
    .showHelpAfterError('(--help shows the options and examples)')
    .exitOverride();
  const done = (result: ExitCode) => (code = result);
  addCameraCommand(program, io, done);
  addSignalCommand(program, io, done);
  addHandheldCommands(program, io, done);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, writeError);
  }
}

function failed(error: unknown, writeError: (text: string) => void): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    writeError(error.problems.map((problem) => `error: ${problem}\n`).join(''));
    return 2;
  }
  writeError(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}
