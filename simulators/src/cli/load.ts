/** `wayside-simulators load`: a fleet of cameras for benchmarks. */
import { join } from 'node:path';
import { loadTokens } from '@wayside/edge/tokens';
import { openUplink } from '@wayside/edge/uplink/open-uplink';
import { Command } from 'commander';
import { SOFTWARE } from '../agents/agent-host.ts';
import { makeCycles } from '../load/cycle.ts';
import { runFleet, speedFor } from '../load/fleet.ts';
import { latencyHistogram, type Latencies } from '../load/latencies.ts';
import { memoryStore } from '../load/memory-store.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { interruption } from './interruption.ts';
import {
  checkedBroker,
  checkedSites,
  durationOption,
  positiveOrMax,
  seedOption,
  share,
  wholeNumber,
  withHouseOptions,
  type HouseOptions,
} from './options.ts';

interface LoadOptions extends HouseOptions {
  readonly sites: number;
  readonly seed: number;
  readonly rate: number | 'max';
  readonly lawless: number;
  readonly duration?: number;
}

const PROGRESS_MS = 1000;
/** They share a few streets that were simulated beforehand, so that each costs little but its connection. */
const MOST_CAMERAS = 10_000;
const MOST_RUN_SECONDS = 3600;
/** Where the cameras' time runs as fast as it can, so long before now it begins, so as not to run ahead of the clock. */
const HEAD_START_SECONDS = 86_400;

export function loadCommand(context: CommandContext): Command {
  return withHouseOptions(new Command('load'))
    .description(
      'a fleet of cameras that offers a rate of observations; their time goes as fast as that takes',
    )
    .option('--sites <n>', 'cameras, 10 frames and a message a second in their own time', wholeNumber, 10)
    .addOption(seedOption())
    .option('--rate <observations/s>', 'over all cameras; max: as fast as acknowledged', positiveOrMax, 'max')
    .option('--lawless <share>', 'share of drivers who do not do what they owe, 0 to 1', share, 0.25)
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
  const cameras = checkedSites(options.sites, MOST_CAMERAS);
  const { rate, seed } = options;
  const output = context.output(options.json === true);
  const tokens = await loadTokens(join(options.data, 'token.key'));
  const cycles = makeCycles({ seed, sites: cameras, tokens, lawlessShare: options.lawless });
  const speed = speedFor(cycles, cameras, rate);
  const latencies = latencyHistogram();
  const store = memoryStore(latencies.add, () => performance.now());
  const { signal, end } = interruption(options.duration);
  const sent = { messages: 0, observations: 0 };
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const report = setInterval(
    () => output.line({ kind: 'progress', ...sent, acknowledged: latencies.count() }),
    PROGRESS_MS,
  );
  try {
    const unacknowledged = await runFleet({
      cycles,
      cameras,
      rate,
      signal,
      startMs: Date.now() - headStartMs(speed, options.duration),
      open: (device, site) =>
        openUplink({
          store,
          brokerUrl,
          device,
          site,
          kind: 'camera',
          software: SOFTWARE,
          logger: context.logger,
          ...(context.password !== undefined && {
            credentials: { username: device, password: context.password },
          }),
        }),
      onSent(observations) {
        sent.messages++;
        sent.observations += observations;
      },
    });
    const ran = { cameras, seconds: seconds(), offeredPerSecond: rate, unacknowledged };
    output.line({ kind: 'done', ...ran, ...sent, ...achieved(sent.observations, seconds(), latencies) });
    if (unacknowledged > 0) throw new CommandFailure(`${unacknowledged} messages were not acknowledged`, 1);
  } finally {
    clearInterval(report);
    end();
  }
}

const achieved = (observations: number, seconds: number, latencies: Latencies): object => ({
  observationsPerSecond: Math.round(observations / seconds),
  acknowledged: latencies.count(),
  ackLatencyMs: {
    p50: latencies.percentile(0.5),
    p95: latencies.percentile(0.95),
    p99: latencies.percentile(0.99),
  },
});

function headStartMs(speed: number, durationSeconds = MOST_RUN_SECONDS): number {
  const ahead = speed <= 1 ? 0 : Math.min(HEAD_START_SECONDS, (speed - 1) * durationSeconds);
  return Math.round(ahead * 1000);
}
