/** The `wayside-simulators` command line. The environment is read here, and nowhere else. */
import { UplinkError } from '@wayside/edge/uplink/uplink-error';
import { TokenKeyError } from '@wayside/edge/tokens';
import { Command, CommanderError } from 'commander';
import { pino } from 'pino';
import type { CommandContext } from './cli/context.ts';
import { CommandFailure } from './cli/failure.ts';
import { outputTo } from './cli/output.ts';
import { footageCommand } from './cli/footage.ts';
import { loadCommand } from './cli/load.ts';
import { replayCommand } from './cli/replay.ts';
import { streetCommand } from './cli/street.ts';
import { sumoCommand } from './cli/sumo.ts';
import { trainCommand } from './cli/train.ts';
import { ReadingError } from './recordings/reading-error.ts';

const context: CommandContext = {
  logger: pino(
    { level: process.env['WAYSIDE_LOG_LEVEL'] ?? 'warn', base: null },
    pino.destination({ dest: 2, sync: true }),
  ),
  password: process.env['WAYSIDE_DEVICE_PASSWORD'],
  output: (json) => outputTo(process.stdout, json),
};

const program = new Command('wayside-simulators')
  .description('Recorded and simulated crosswalks and trains, published to a house as its devices would.')
  .version('0.1.0')
  .showHelpAfterError('(see wayside-simulators --help)')
  .exitOverride()
  .addHelpText(
    'after',
    '\nExit codes: 0 all was acknowledged, 1 it was not, or it failed, 2 called wrongly.',
  );

for (const command of [replayCommand, streetCommand, trainCommand, loadCommand, footageCommand, sumoCommand])
  program.addCommand(command(context).exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
if (process.connected) process.disconnect();

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = [CommandFailure, ReadingError, UplinkError, TokenKeyError].some(
    (kind) => error instanceof kind,
  );
  if (!known) throw error;
  process.stderr.write(`wayside-simulators: ${(error as Error).message}\n`);
  return error instanceof CommandFailure ? error.exitCode : 1;
}
