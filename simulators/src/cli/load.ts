/** `wayside-simulators load`: a fleet of simulated cameras that offers so many observations a second, for benchmarks. */
import { Command } from 'commander';
import { openAgentHost } from '../agents/agent-host.ts';
import { freeBeat, rateBeat } from '../live/beat.ts';
import { runFleet } from '../live/fleet.ts';
import { simulateStreet } from '../live/simulated-street.ts';
import { planStreets } from '../street/layouts.ts';
import type { CommandContext } from './context.ts';
import { everySoOften } from './every-so-often.ts';
import { interruption } from './interruption.ts';
import {
  checkedBroker,
  durationOption,
  positiveOrMax,
  seedOption,
  wholeNumber,
  withHouseOptions,
  type HouseOptions,
} from './options.ts';

interface LoadOptions extends HouseOptions {
  readonly sites: number;
  readonly seed: number;
  readonly rate: number | 'max';
  readonly duration?: number;
}

const WARM_SECONDS = 60;
const PROGRESS_MS = 1_000;

export function loadCommand(context: CommandContext): Command {
  return withHouseOptions(new Command('load'))
    .description(
      'a fleet of cameras that offers a rate of observations; their time runs as fast as the rate asks for',
    )
    .option('--sites <n>', 'cameras', wholeNumber, 10)
    .addOption(seedOption())
    .option(
      '--rate <observations/s>',
      'over all cameras, or max: as fast as acknowledged',
      positiveOrMax,
      'max',
    )
    .addOption(durationOption())
    .addHelpText(
      'after',
      `
Examples:
  wayside-simulators load --rate 1000 --sites 10 --duration 60 --broker mqtt://127.0.0.1:1883 --data agents --json
  wayside-simulators load --rate max --sites 200 --duration 60 --broker mqtt://127.0.0.1:1883 --data agents`,
    )
    .action((options: LoadOptions) => load(options, context));
}

async function load(options: LoadOptions, context: CommandContext): Promise<void> {
  const brokerUrl = checkedBroker(options);
  const output = context.output(options.json === true);
  const { signal, end } = interruption(options.duration);
  const { data: dataDir, seed, sites, rate } = options;
  const host = await openAgentHost({
    dataDir,
    brokerUrl,
    password: context.password,
    logger: context.logger,
  });
  const progress = everySoOften<string, object>(PROGRESS_MS, (_, totals) =>
    output.line({ kind: 'progress', ...totals }),
  );
  try {
    const startMs = Date.now();
    const streets = planStreets({ seed, sites }).map((plan) => ({
      plan,
      street: simulateStreet({ plan, seed, severity: 'clean', startMs, warmUpSeconds: WARM_SECONDS }),
    }));
    const beat = rate === 'max' ? freeBeat : rateBeat(rate, Date.now);
    const totals = await runFleet({
      host,
      streets,
      speed: 'max',
      beat: () => beat,
      signal,
      onProgress: (now) => progress('fleet', now),
    });
    const seconds = (Date.now() - startMs) / 1000;
    output.line({
      kind: 'done',
      seconds,
      observationsPerSecond: Math.round(totals.observations / seconds),
      ...totals,
    });
  } finally {
    end();
    await host.close();
  }
}
