/** `wayside-edge signal`: what a signal controller changes, from standard input to the house. */
import { join } from 'node:path';
import type { Site } from '@wayside/contracts/site';
import type { Command } from 'commander';
import { openRejectedFile } from '../camera/rejected-file.ts';
import { runSignal, type SignalResult } from '../signal/agent.ts';
import { ndjsonChanges } from '../signal/ndjson-changes.ts';
import { openOutboxStore } from '../uplink/outbox-store.ts';
import { openUplink } from '../uplink/open-uplink.ts';
import { addClockOption, clockErrorOf, clockStatusOf, type ClockFlags } from './clock-option.ts';
import { report, UsageError, type ExitCode, type Io } from './io.ts';
import { deviceAt, siteOf } from './site-file.ts';
import {
  addUplinkOptions,
  uplinkSettings,
  type UplinkFlags,
  type UplinkSettings,
} from './uplink-settings.ts';

interface SignalFlags extends UplinkFlags, ClockFlags {
  readonly site?: string;
  readonly recorded?: true;
}

interface SignalSettings extends UplinkSettings {
  readonly clockErrorMs: number | undefined;
  readonly site: Site;
  readonly device: string;
  readonly live: boolean;
}

const MAX_REJECTED_BYTES = 2 ** 20;

export function addSignalCommand(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('signal')
    .description('Publish the phases of a signal controller: one JSON object a line on standard input.')
    .option('--site <file>', 'site file (wayside.site.v1) whose approaches name the groups; needed')
    .option('--device <id>', 'this device, one of the site’s; needed')
    .option('--recorded', 'only the lines tell how far time is covered, not the clock')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SignalFlags) => done(await signal(flags, io)));
  addUplinkOptions(addClockOption(command));
}

const EXAMPLES = `
A line for each change, and for each group once at the start; states: red, red-amber, amber, green, flashing, dark:
  {"timeMs":1767225600000,"group":"up","state":"red"}
Until here nothing changed (recordings need it at their end):
  {"timeMs":1767225605000}
While the input is open, no line is no change: end it when the controller is lost.

Examples:
  my-controller --ndjson | wayside-edge signal --site site.json --device signal-1 --broker mqtts://house.example:8883
  wayside-edge signal --site site.json --device signal-1 --recorded --json < phases.ndjson
`;

async function signal(flags: SignalFlags, io: Io): Promise<ExitCode> {
  const settings = await signalSettings(flags, io);
  const store = await openOutboxStore(settings.outboxDir, { fsync: settings.fsync });
  const ended = new AbortController();
  try {
    const rejected = await openRejectedFile(join(settings.dataDir, 'rejected.ndjson'), MAX_REJECTED_BYTES);
    const { site, live } = settings;
    const uplink = await openUplink({
      ...settings,
      kind: 'signal',
      store,
      software: io.software,
      whenFull: live ? 'refuse' : 'wait',
      logger: io.logger,
    });
    const source = ndjsonChanges({ site, input: io.input, onRejected: (line) => rejected.write(line) });
    const clockStatus = await clockStatusOf(settings.clockErrorMs, ended.signal);
    const result = await runSignal({ ...settings, uplink, source, signal: io.signal, clockStatus });
    tell(io, flags.json, settings, { ...result, rejectedLines: rejected.count });
    return 0;
  } finally {
    ended.abort();
    await store.close();
  }
}

function tell(
  io: Io,
  json: boolean,
  { site, device }: SignalSettings,
  result: SignalResult & { readonly rejectedLines: number },
): void {
  const faults = Object.entries(result.faults).map(([fault, count]) => `${fault} ${count}`);
  report(io, json, { device, site: site.id, ...result }, [
    `${device} at ${site.id}: ${result.changes} changes, ${result.pieces} messages`,
    ...(result.rejectedLines > 0 ? [`${result.rejectedLines} lines rejected, see rejected.ndjson`] : []),
    ...(faults.length > 0 ? [`left out: ${faults.join(', ')}`] : []),
    ...(result.dropped > 0 ? [`${result.dropped} messages dropped: the outbox was full`] : []),
    ...(result.left > 0 ? [`${result.left} messages wait in the outbox for the next start`] : []),
  ]);
}

/** @throws UsageError with every problem */
async function signalSettings(flags: SignalFlags, io: Io): Promise<SignalSettings> {
  const problems: string[] = [];
  const shared = await uplinkSettings(flags, io, problems);
  const clockErrorMs = clockErrorOf(flags, problems);
  const site = await siteOf(flags.site, problems);
  if (site === undefined) throw new UsageError(problems);
  const device = deviceAt(site, flags.device, problems);
  if (!site.approaches.some(({ signal: governed, stopLine }) => governed && stopLine))
    problems.push(`--site ${site.id}: no approach has a signal and a stop line`);
  if (problems.length > 0) throw new UsageError(problems);
  return { ...shared, site, device, live: flags.recorded !== true, clockErrorMs };
}
