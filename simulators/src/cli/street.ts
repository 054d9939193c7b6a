/** `wayside-simulators street`: simulated crosswalks with their cameras, published live. */
import { Command, Option } from 'commander';
import { openAgentHost } from '../agents/agent-host.ts';
import { SEVERITIES, type Severity } from '../camera/severity.ts';
import { runStreets, type StreetTotals } from '../live/run-streets.ts';
import { openTruthFile } from '../live/truth-file.ts';
import { planStreets } from '../street/layouts.ts';
import { LIGHTS, type Light } from '../street/light.ts';
import type { CommandContext } from './context.ts';
import { everySoOften } from './every-so-often.ts';
import { CommandFailure } from './failure.ts';
import { interruption } from './interruption.ts';
import {
  checkedBroker,
  checkedSites,
  durationOption,
  positive,
  seedOption,
  share,
  wholeNumber,
  withHouseOptions,
  type HouseOptions,
} from './options.ts';

interface StreetCommandOptions extends HouseOptions {
  readonly sites: number;
  readonly seed: number;
  readonly severity: Severity;
  readonly light: Light;
  readonly speed: number;
  readonly duration?: number;
  readonly truth?: string;
  readonly busyness: number;
  readonly lawless: number;
  readonly signals: number;
}

const PROGRESS_MS = 5000;
/** Of people on foot, so that a demonstration has something to show. */
const DARING_SHARE = 0.9;

export function streetCommand(context: CommandContext): Command {
  return withHouseOptions(new Command('street'))
    .description('publish simulated crosswalks with their cameras, live')
    .option('--sites <n>', 'how many crosswalks', wholeNumber, 4)
    .option('--signals <n>', 'how many more with a signal and its controller', wholeNumber, 0)
    .addOption(seedOption())
    .addOption(
      new Option('--severity <level>', 'how bad the cameras are').choices(SEVERITIES).default('fair'),
    )
    .addOption(new Option('--light <light>', 'over the streets').choices(LIGHTS).default('day'))
    .option('--speed <x>', '1 as on a street; faster, and event time runs ahead of the clock', positive, 1)
    .addOption(durationOption())
    .option('--truth <file>', 'write what really happened (NDJSON), outside the system')
    .option('--busyness <x>', 'traffic; 1 is an ordinary street', positive, 2)
    .option('--lawless <share>', 'share of drivers who do not do what they owe, 0 to 1', share, 0.55)
    .addHelpText(
      'after',
      `
Examples:
  wayside-simulators street --broker mqtt://127.0.0.1:1883 --data agents
  wayside-simulators street --sites 20 --seed 7 --severity poor --truth truth.ndjson --duration 600 --broker mqtt://127.0.0.1:1883 --data agents --json`,
    )
    .action((options: StreetCommandOptions) => street(options, context));
}

async function street(options: StreetCommandOptions, context: CommandContext): Promise<void> {
  const brokerUrl = checkedBroker(options);
  const sites = checkedSites(options.sites);
  const { data: dataDir, seed, severity, speed, duration = Infinity } = options;
  const output = context.output(options.json === true);
  const { signal, end } = interruption();
  const truth = options.truth === undefined ? undefined : await openTruthFile(options.truth);
  const host = await openAgentHost({ ...context, dataDir, brokerUrl });
  const progress = everySoOften<'all', StreetTotals>(PROGRESS_MS, (_, { messages, observations }) =>
    output.line({ kind: 'progress', messages, observations }),
  );
  try {
    const totals = await runStreets({
      host,
      plans: planStreets({
        seed,
        sites,
        light: options.light,
        signals: options.signals,
        busyness: options.busyness,
        lawlessShare: options.lawless,
        daringShare: DARING_SHARE,
      }),
      seed,
      severity,
      speed,
      durationSeconds: duration,
      signal,
      clock: Date.now,
      ...(truth && { onTruth: truth.write }),
      onProgress: (sum) => progress('all', sum),
    });
    output.line({ kind: 'done', sites, seed, ...totals });
    if (totals.unacknowledged > 0)
      throw new CommandFailure(`${totals.unacknowledged} messages wait in ${dataDir} to be acknowledged`, 1);
  } finally {
    end();
    await host.close();
    await truth?.close();
  }
}
