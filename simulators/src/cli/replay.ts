/** `wayside-simulators replay`: recordings, published as cameras would. */
import { Command, Option } from 'commander';
import { openAgentHost } from '../agents/agent-host.ts';
import { listDut } from '../recordings/dut.ts';
import type { Listing, RecordingRef } from '../recordings/recording.ts';
import { listTrackCsv } from '../recordings/track-csv.ts';
import { listSumo } from '../sumo/sumo.ts';
import { replayAll } from '../replay/replay.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { interruption } from './interruption.ts';
import { checkedBroker, positiveOrMax, withHouseOptions, type HouseOptions } from './options.ts';
import { everySoOften } from './every-so-often.ts';

interface ReplayOptions extends HouseOptions {
  readonly format: 'dut' | 'csv' | 'sumo';
  readonly crosswalks?: string;
  readonly map?: string;
  readonly speed: number | 'max';
  readonly clip?: readonly string[];
}

const PROGRESS_MS = 500;

export function replayCommand(context: CommandContext): Command {
  return withHouseOptions(new Command('replay'))
    .description(
      'publish recordings of crosswalks as cameras would; what an earlier run published is left out',
    )
    .argument('<dir>', 'the folder of recordings')
    .addOption(
      new Option('--format <format>', 'what they are').choices(['dut', 'csv', 'sumo']).makeOptionMandatory(),
    )
    .option('--crosswalks <file>', 'where the crosswalk of each clip is (dut)')
    .option('--map <file>', 'which column is what (csv), see simulators/examples/track-map.json')
    .option(
      '--speed <x>',
      '1 as it happened, 10 ten times as fast, max as it is acknowledged',
      positiveOrMax,
      'max',
    )
    .option('--clip <name...>', 'only these clips')
    .addHelpText(
      'after',
      `
Examples:
  wayside-simulators replay clips --format dut --crosswalks clips/crosswalks.json --broker mqtt://127.0.0.1:1883 --data agents
  wayside-simulators replay sumo-run --format sumo --broker mqtt://127.0.0.1:1883 --data agents
  wayside-simulators replay simulators/examples --format csv --map simulators/examples/track-map.json --speed 1 --broker mqtt://127.0.0.1:1883 --data agents --json`,
    )
    .action((dir: string, options: ReplayOptions) => replay(dir, options, context));
}

async function replay(dir: string, options: ReplayOptions, context: CommandContext): Promise<void> {
  const brokerUrl = checkedBroker(options);
  const { signal, end } = interruption();
  try {
    const listing = await list(dir, options, signal);
    if (listing.kind === 'faults') throw new CommandFailure(listing.faults.join('\n'), 2);
    await publish(listing.recordings, brokerUrl, options, context, signal);
  } finally {
    end();
  }
}

async function publish(
  recordings: readonly RecordingRef[],
  brokerUrl: string,
  options: ReplayOptions,
  context: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  const output = context.output(options.json === true);
  const host = await openAgentHost({ ...context, dataDir: options.data, brokerUrl });
  const progress = everySoOften<string, readonly [number, number]>(PROGRESS_MS, (clip, [sent, of]) =>
    output.line({ kind: 'progress', clip, sent, of }),
  );
  try {
    const result = await replayAll(recordings, {
      host,
      speed: options.speed,
      signal,
      onProgress: (clip, sent, of) => progress(clip, [sent, of]),
      onClip: ({ rejects: { count: rejected }, left: unacknowledged, ...clip }) =>
        output.line({ kind: 'clip', ...clip, rejected, unacknowledged }),
    });
    output.line({ kind: 'done', ...result });
    if (!result.complete)
      throw new CommandFailure('not all was acknowledged; run it again with the same --data to go on', 1);
  } finally {
    await host.close();
  }
}

function list(
  dir: string,
  { format, crosswalks, map, clip }: ReplayOptions,
  signal: AbortSignal,
): Promise<Listing> {
  const clips = clip && { clips: clip };
  if (format === 'sumo') return listSumo({ dir, signal, ...clips });
  if (format === 'dut') {
    if (crosswalks === undefined) throw new CommandFailure('--format dut needs --crosswalks FILE', 2);
    return listDut({ dir, crosswalksFile: crosswalks, ...clips });
  }
  if (map === undefined) throw new CommandFailure('--format csv needs --map FILE', 2);
  return listTrackCsv({ dir, mapFile: map, ...clips });
}
