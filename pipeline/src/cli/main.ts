/** The `wayside` command line. The environment is read here, and nowhere else. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { readEnvironment } from './environment.ts';
import { evaluateCommand } from './evaluate.ts';
import { learnCommand } from './learn.ts';
import { CommandFailure } from './failure.ts';
import { officerCommand } from './officer.ts';
import { profilesCommand } from './profiles.ts';
import { recomputeCommand } from './recompute.ts';
import { replayCommand } from './replay.ts';
import { reverseCommand } from './reverse.ts';
import { simulateCommand } from './simulate.ts';
import { VERSION } from '../main/version.ts';
import { standingCommand } from './standing.ts';
import { startCommand } from './start.ts';
import { createTerminal } from './terminal.ts';
import { tortureCommand } from './torture.ts';
import { verifyCommand } from './verify.ts';

const terminal = createTerminal(process.stdout, process.stderr);

const program = new Command('wayside')
  .description(
    'Turns what crosswalk cameras and train conductors see into fair, fast, checkable debits of points.',
  )
  .version(VERSION)
  .showHelpAfterError('(see wayside --help)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  wayside start                                   the whole house with a simulated street, at http://127.0.0.1:8080
  wayside start --no-simulate --data /srv/wayside your own cameras publish to mqtt://127.0.0.1:1883
  wayside replay clips/ --format dut --crosswalks clips/crosswalks.json --json
  wayside verify --data /srv/wayside              recompute everything from the stored rows
  wayside recompute --profile cn --from 2026-03-01 --to 2026-04-01 --dry-run
                                                  whom the rules as they now stand would touch
  wayside profiles cn                             one law profile with its sources

Exit codes: 0 done, 1 failed or a difference was found, 2 called wrongly, 78 configuration wrong.`,
  );

try {
  const context = { terminal, ...readEnvironment(process.env) };
  for (const command of [
    startCommand,
    replayCommand,
    verifyCommand,
    evaluateCommand,
    learnCommand,
    simulateCommand,
    profilesCommand,
    recomputeCommand,
    reverseCommand,
    standingCommand,
    officerCommand,
    tortureCommand,
  ])
    program.addCommand(command(context).exitOverride());
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InvalidArgumentError) return 2;
  if (!(error instanceof CommandFailure)) throw error;
  terminal.note(`wayside: ${error.message}`);
  return error.exitCode;
}
