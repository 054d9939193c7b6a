/** `wayside-simulators train`: a train whose conductor files reports on seats. */
import { Command } from 'commander';
import { openAgentHost } from '../agents/agent-host.ts';
import { openTruthFile } from '../live/truth-file.ts';
import { canBeCut, openLine } from '../train/line.ts';
import { runTrain } from '../train/run-train.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { interruption } from './interruption.ts';
import {
  checkedBroker,
  durationOption,
  positive,
  seedOption,
  withHouseOptions,
  type HouseOptions,
} from './options.ts';

interface TrainCommandOptions extends HouseOptions {
  readonly seed: number;
  readonly speed: number;
  readonly duration?: number;
  readonly truth?: string;
}

export function trainCommand(context: CommandContext): Command {
  return withHouseOptions(new Command('train'))
    .description('a train with reserved seats; its conductor files reports, in tunnels without a line')
    .addOption(seedOption())
    .option('--speed <x>', 'running times are divided by it; what people do takes its own time', positive, 60)
    .addOption(durationOption())
    .option('--truth <file>', 'write what really happened (NDJSON), outside the system')
    .addHelpText(
      'after',
      `
Examples:
  wayside-simulators train --broker mqtt://127.0.0.1:1883 --data agents
  wayside-simulators train --seed 7 --speed 1 --truth seats.ndjson --duration 3600 --broker mqtt://127.0.0.1:1883 --data agents --json`,
    )
    .action((options: TrainCommandOptions) => train(options, context));
}

async function train(options: TrainCommandOptions, context: CommandContext): Promise<void> {
  const brokerUrl = checkedBroker(options);
  const { data: dataDir, seed, speed } = options;
  const output = context.output(options.json === true);
  const { signal, end } = interruption(options.duration);
  const truth = options.truth === undefined ? undefined : await openTruthFile(options.truth);
  const line = canBeCut(brokerUrl) ? await openLine(brokerUrl) : undefined;
  const host = await openAgentHost({ ...context, dataDir, brokerUrl: line?.brokerUrl ?? brokerUrl });
  try {
    const totals = await runTrain({
      host,
      seed,
      speed,
      signal,
      clock: Date.now,
      line: line?.set,
      onEvent: output.line,
      ...(truth && { onTruth: truth.write }),
    });
    output.line({ kind: 'done', seed, ...totals });
    if (totals.unacknowledged > 0)
      throw new CommandFailure(`${totals.unacknowledged} messages wait in ${dataDir} to be acknowledged`, 1);
  } finally {
    end();
    await host.close();
    await line?.close();
    await truth?.close();
  }
}
