/** `wayside replay`: runs the embedded house on a folder of recordings until everything is drained. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { replayReport, type ReplayReport } from '../app/replay/report.ts';
import { drained } from '../app/counters/drained.ts';
import { openHouse, type House } from '../main/house.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { checkedConfig } from './house-config.ts';
import { createLogger } from './logger.ts';
import { interruption } from './interruption.ts';
import type { Terminal } from './terminal.ts';
import { runSimulators, type ToolLine } from './tool.ts';

interface ReplayOptions {
  readonly format: 'dut' | 'csv' | 'sumo';
  readonly crosswalks?: string;
  readonly map?: string;
  readonly profile: string;
  readonly data?: string;
  readonly speed: string;
  readonly json?: true;
}

const STOP_DEADLINE_MS = 10_000;
const LOOK_MS = 100;

export function replayCommand(context: CommandContext): Command {
  return new Command('replay')
    .description('replay recordings through the whole house, from MQTT to the ledger, until all is drained')
    .argument('<dir>', 'the folder of recordings')
    .addOption(
      new Option('--format <format>', 'what they are').choices(['dut', 'csv', 'sumo']).makeOptionMandatory(),
    )
    .option('--crosswalks <file>', 'where the crosswalk of each clip is (dut)')
    .option('--map <file>', 'which column is what (csv)')
    .option('--profile <id>', 'law profile to judge under', 'cn')
    .option(
      '--data <dir>',
      'keep what the house records here; a second run adds nothing (default: a folder removed at the end)',
    )
    .option('--speed <x>', '1 as it happened, 10 ten times as fast, max as fast as it is acknowledged', 'max')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  wayside replay clips --format dut --crosswalks clips/crosswalks.json
  wayside replay clips --format dut --crosswalks clips/crosswalks.json --profile uk --data /srv/replay --json
  wayside replay tracks --format csv --map tracks/columns.json --speed 1
  wayside replay sumo-run --format sumo`,
    )
    .action((dir: string, options: ReplayOptions) => replay(dir, options, context));
}

async function replay(dir: string, options: ReplayOptions, context: CommandContext): Promise<void> {
  const dataDir = options.data ?? mkdtempSync(join(tmpdir(), 'wayside-replay-'));
  try {
    const report = await replayInto(resolve(dataDir), dir, options, context);
    if (options.json) context.terminal.json(report);
    else context.terminal.result(summary(report));
    if (!report.counters.balanced || !report.ledger.balanced)
      throw new CommandFailure(`the books do not balance: ${report.counters.faults.join('; ')}`, 1);
  } finally {
    if (options.data === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function replayInto(
  dataDir: string,
  dir: string,
  options: ReplayOptions,
  context: CommandContext,
): Promise<ReplayReport> {
  const { terminal, logLevel } = context;
  const config = checkedConfig({
    dataDir,
    profile: options.profile,
    mqttPort: 0,
    httpPort: 0,
    retentionHours: null,
  });
  const stop = interruption();
  const house = await openHouse({ config, logger: createLogger(logLevel), clock: Date.now });
  try {
    await publishRecordings(house, dir, options, terminal, stop.signal);
    await whenDrained(house, terminal, stop.signal);
    const report = await replayReport(house.store.database, await house.counters());
    terminal.endProgress();
    return report;
  } finally {
    stop.end();
    await house.lifecycle.close(STOP_DEADLINE_MS);
  }
}

async function whenDrained(house: House, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const { database, log } = house.store;
  for (;;) {
    const waiting = await drained(database, log);
    if (waiting.drained) return;
    terminal.progress(
      `judging: ${waiting.messagesWaiting} messages and ${waiting.holdsWaiting} holds waiting`,
    );
    await sleep(LOOK_MS, undefined, { signal });
  }
}

async function publishRecordings(
  house: House,
  dir: string,
  options: ReplayOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const faults: string[] = [];
  const tool = runSimulators(toolArguments(house, dir, options), (line) => {
    if (line.kind === 'rejected') faults.push(JSON.stringify(line));
    terminal.progress(progressLine(line));
  });
  signal.addEventListener('abort', tool.stop, { once: true });
  const code = await tool.ended;
  terminal.endProgress();
  if (signal.aborted) throw new CommandFailure('stopped; run it again with the same --data to go on', 1);
  if (code !== 0)
    throw new CommandFailure(
      `publishing the recordings failed (exit code ${code ?? 'none, killed'}); see above`,
      code === 2 ? 2 : 1,
    );
}

function toolArguments(house: House, dir: string, options: ReplayOptions): string[] {
  const args = ['replay', resolve(dir), '--format', options.format, '--broker', house.brokerUrl ?? ''];
  args.push('--data', join(house.dataDir, 'agents'), '--speed', options.speed, '--json');
  if (options.crosswalks !== undefined) args.push('--crosswalks', resolve(options.crosswalks));
  if (options.map !== undefined) args.push('--map', resolve(options.map));
  return args;
}

const progressLine = (line: ToolLine): string =>
  `publishing: ${Object.entries(line)
    .filter(([key]) => key !== 'kind')
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join('  ')}`;

function summary(report: ReplayReport): string {
  const { verdicts, ledger, latencyMs } = report;
  return [
    `${report.messages} messages, ${report.observations} observations, ${report.encounters} encounters`,
    `verdicts: ${verdicts.infraction} infraction, ${verdicts.clear} clear, ${verdicts.undecided} undecided`,
    ...report.infractions.map(
      (i) =>
        `  ${i.occurredAt}  ${i.site}  vehicle ${i.vehicleTrack ?? '?'}  ${i.points} points ${i.hold}: ${i.explanation}`,
    ),
    `points: ${ledger.held} held, ${ledger.posted} posted, ${ledger.released} released; books ${report.counters.balanced && ledger.balanced ? 'balance' : 'DO NOT BALANCE'}`,
    `from detection to hold: p50 ${latencyMs.p50 ?? '-'} ms, p95 ${latencyMs.p95 ?? '-'} ms, p99 ${latencyMs.p99 ?? '-'} ms`,
  ].join('\n');
}
