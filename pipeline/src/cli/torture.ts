/** `wayside torture`: hurts a house in every way we know, on purpose, and tells whether anything was lost or doubled. */
import { Command, Option } from 'commander';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { runBreaker, type ToolLine } from './tool.ts';

interface TortureOptions {
  readonly seed: string;
  readonly minutes: string;
  readonly profile: string;
  readonly folder?: string;
  readonly json?: true;
}

export function tortureCommand({ terminal }: CommandContext): Command {
  return new Command('torture')
    .description('hurt a house of its own in a thousand ways, and compare what is left with what must be')
    .option('--seed <n>', 'the same seed makes the same messages and the same schedule of faults', '1')
    .option('--minutes <m>', 'of faults; healing and comparing come after', '5')
    .addOption(
      new Option('--profile <profile>', 'which house')
        .choices(['server', 'embedded'])
        .default('server', 'server, on real engines: npm run engines'),
    )
    .option(
      '--folder <dir>',
      'keep logs, journals and faults there; else they are kept where it did not pass',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wayside torture --seed 7 --minutes 30 --json\n  wayside torture --profile embedded --minutes 2',
    )
    .action(async (options: TortureOptions) => {
      let last: ToolLine = { kind: 'nothing' };
      const tool = runBreaker(argumentsOf(options), (line) => {
        last = line;
        if (line.kind === 'progress') terminal.progress(inWords(line));
      });
      process.once('SIGINT', tool.stop).once('SIGTERM', tool.stop);
      const code = await tool.ended;
      terminal.endProgress();
      if (options.json) terminal.json(last);
      else terminal.result(inWords(last));
      if (last.kind === 'missing')
        throw new CommandFailure('this machine has not all engines: npm run engines, npm run native', 1);
      if (code !== 0)
        throw new CommandFailure(`the breaker ended with exit code ${code ?? 'none (killed)'}`, 1);
    });
}

function argumentsOf({ seed, minutes, profile, folder }: TortureOptions): string[] {
  const args = ['--seed', seed, '--minutes', minutes, '--profile', profile];
  return folder === undefined ? args : [...args, '--folder', folder];
}

const inWords = (line: ToolLine): string =>
  Object.entries(line)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('  ');
