/** `wayside-simulators footage`: simulated streets with their truth, as lines of JSON, as fast as they can be made. */
import { once } from 'node:events';
import type { FootageLine } from '@wayside/contracts/footage';
import { Command, Option } from 'commander';
import { SEVERITIES, type Severity } from '../camera/severity.ts';
import { footageOf } from '../footage/footage.ts';
import { planStreets, type StreetOptions } from '../street/layouts.ts';
import { LIGHTS, type Light } from '../street/light.ts';
import { interruption } from './interruption.ts';
import { checkedSites, positive, seedOption, share, wholeNumber } from './options.ts';

interface FootageCommandOptions {
  readonly sites: number;
  readonly seed: number;
  readonly severity: Severity;
  readonly light: Light;
  readonly duration: number;
  readonly busyness: number;
  readonly lawless?: number;
  readonly daring: number;
  readonly unsurveyed: number;
}

/** Characters gathered before they are written: one write a line would cost more than making it. */
const CHUNK_LENGTH = 65_536;

const GOLDEN = 0.618_033_988_749_895;

export function footageCommand(): Command {
  return new Command('footage')
    .description('write what simulated cameras see, and the truth beside it, to standard output')
    .option('--sites <n>', 'how many crosswalks', wholeNumber, 8)
    .addOption(seedOption())
    .addOption(
      new Option('--severity <level>', 'how bad the cameras are').choices(SEVERITIES).default('fair'),
    )
    .addOption(new Option('--light <light>', 'over the streets').choices(LIGHTS).default('day'))
    .option('--duration <seconds>', 'of each street', positive, 600)
    .option('--busyness <x>', 'traffic; 1 is an ordinary street', positive, 2)
    .option(
      '--lawless <share>',
      'of drivers who do not do what they owe; drawn around a fifth where absent',
      share,
    )
    .option('--daring <share>', 'of people on foot who rely on drivers to stop', share, 0.9)
    .option('--unsurveyed <share>', 'of crosswalks whose lanes nobody drew', share, 0)
    .addHelpText(
      'after',
      '\nExample:\n  wayside-simulators footage --seed 7 --severity poor > footage.ndjson',
    )
    .action(footage);
}

const streetsOf = ({
  seed,
  sites,
  light,
  busyness,
  lawless,
  daring,
}: FootageCommandOptions): StreetOptions => ({
  seed,
  light,
  sites: checkedSites(sites),
  busyness,
  daringShare: daring,
  ...(lawless !== undefined && { lawlessShare: lawless }),
});

async function footage(options: FootageCommandOptions): Promise<void> {
  const { signal, end } = interruption();
  try {
    for (const text of chunks(linesOf(options))) {
      if (!process.stdout.write(text)) await once(process.stdout, 'drain', { signal });
      if (signal.aborted) break;
    }
  } finally {
    end();
  }
}

function* linesOf(options: FootageCommandOptions): Generator<FootageLine> {
  const { seed, severity, duration: seconds } = options;
  for (const [i, plan] of planStreets(streetsOf(options)).entries()) {
    // Spread evenly over the layouts, which take turns.
    const surveyed = (i * GOLDEN) % 1 >= options.unsurveyed;
    yield* footageOf({ plan, seed, severity, seconds, surveyed });
  }
}

function* chunks(lines: Iterable<FootageLine>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${JSON.stringify(line)}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
