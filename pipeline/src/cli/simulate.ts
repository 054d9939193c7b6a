/** `wayside simulate`: a simulated street or train against a house that runs already. */
import { Command, Option } from 'commander';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { runSimulators } from './tool.ts';

interface SimulateOptions {
  readonly broker: string;
  readonly data: string;
  readonly seed: string;
  readonly sites: string;
  readonly severity: string;
  readonly duration?: string;
  readonly truth?: string;
  readonly json?: true;
}

export function simulateCommand({ terminal }: CommandContext): Command {
  return new Command('simulate')
    .description('publish a simulated street or train to a running house')
    .argument('<what>', 'street or train')
    .option('--broker <url>', 'where the house listens for devices', 'mqtt://127.0.0.1:1883')
    .option('--data <dir>', 'where the simulated devices keep their outboxes', '.wayside-simulation')
    .option('--seed <n>', 'the same seed makes the same street', '1')
    .option('--sites <n>', 'crosswalks (street only)', '4')
    .addOption(
      new Option('--severity <level>', 'how bad the cameras are')
        .choices(['clean', 'fair', 'poor', 'awful'])
        .default('fair'),
    )
    .option('--duration <seconds>', 'stop after so long; else on Ctrl-C')
    .option('--truth <file>', 'write what really happened, outside the system (street only)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wayside simulate street --sites 8 --seed 7\n  wayside simulate train --duration 60 --json',
    )
    .action(async (what: string, options: SimulateOptions) => {
      if (what !== 'street' && what !== 'train')
        throw new CommandFailure(`cannot simulate "${what}": street or train`, 2);
      let last: unknown = {};
      const tool = runSimulators(toolArguments(what, options), (line) => {
        last = line;
        terminal.progress(
          Object.entries(line)
            .map(([key, value]) => `${key} ${String(value)}`)
            .join('  '),
        );
      });
      process.once('SIGINT', tool.stop).once('SIGTERM', tool.stop);
      const code = await tool.ended;
      terminal.endProgress();
      if (options.json) terminal.json(last);
      if (code !== 0)
        throw new CommandFailure(`the simulated ${what} ended with exit code ${code ?? 'none (killed)'}`, 1);
    });
}

function toolArguments(what: 'street' | 'train', options: SimulateOptions): string[] {
  const shared = ['--broker', options.broker, '--data', options.data, '--seed', options.seed, '--json'];
  if (options.duration !== undefined) shared.push('--duration', options.duration);
  if (what === 'train') return ['train', ...shared];
  const street = ['street', ...shared, '--sites', options.sites, '--severity', options.severity];
  return options.truth === undefined ? street : [...street, '--truth', options.truth];
}
