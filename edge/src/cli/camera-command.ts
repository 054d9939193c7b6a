/** `wayside-edge camera`: frames of a tracker from standard input to the house. */
import { join } from 'node:path';
import type { Site } from '@wayside/contracts/site';
import type { Command } from 'commander';
import { runCamera, type CameraResult, type Speed } from '../camera/agent.ts';
import { ndjsonSource } from '../camera/ndjson-source.ts';
import { openRejectedFile, type RejectedFile } from '../camera/rejected-file.ts';
import { loadTokens } from '../tokens.ts';
import { openOutboxStore } from '../uplink/outbox-store.ts';
import { openUplink } from '../uplink/open-uplink.ts';
import { addClockOption, clockErrorOf, clockStatusOf, type ClockFlags } from './clock-option.ts';
import { report, UsageError, type ExitCode, type Io } from './io.ts';
import { deviceAt, siteOf } from './site-file.ts';
import {
  addUplinkOptions,
  positive,
  uplinkSettings,
  type UplinkFlags,
  type UplinkSettings,
} from './uplink-settings.ts';

interface CameraFlags extends UplinkFlags, ClockFlags {
  readonly site?: string;
  readonly speed: string;
}

interface CameraSettings extends UplinkSettings {
  readonly clockErrorMs: number | undefined;
  readonly site: Site;
  readonly device: string;
  readonly speed: Speed;
}

const MAX_REJECTED_BYTES = 10 * 2 ** 20;
const MOST_LOGGED = 20;

export function addCameraCommand(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const command = program
    .command('camera')
    .description('Publish the frames of a tracker: one JSON object a line on standard input.')
    .option('--site <file>', 'site file (wayside.site.v1); needed')
    .option('--device <id>', "this device (default: the site's first)")
    .option('--speed <speed>', 'live, max (as fast as acknowledged), or a multiple of real time', 'live')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: CameraFlags) => done(await camera(flags, io)));
  addUplinkOptions(addClockOption(command));
}

const EXAMPLES = `
A line:
  {"timeMs":1767225600000,"objects":[{"track":"7","kind":"car","xMetres":3.1,"yMetres":-8.2,"speedMps":9.4}]}
More of an object, where known: headingRadians, lengthMetres, widthMetres, emergency, plateText.
A name and password for the broker: WAYSIDE_BROKER_USERNAME, WAYSIDE_BROKER_PASSWORD.

Examples:
  my-tracker --ndjson | wayside-edge camera --site site.json --broker mqtts://house.example:8883 --mqtt 5
  wayside-edge camera --site site.json --speed max --json < recording.ndjson
`;

async function camera(flags: CameraFlags, io: Io): Promise<ExitCode> {
  const settings = await cameraSettings(flags, io);
  const tokens = await loadTokens(settings.tokenKeyFile);
  const store = await openOutboxStore(settings.outboxDir, { fsync: settings.fsync });
  const ended = new AbortController();
  try {
    const rejected = await openRejectedFile(join(settings.dataDir, 'rejected.ndjson'), MAX_REJECTED_BYTES);
    const uplink = await openUplink({
      ...settings,
      kind: 'camera',
      store,
      software: io.software,
      whenFull: settings.speed === 'live' ? 'refuse' : 'wait',
      logger: io.logger,
    });
    const result = await runCamera({
      ...settings,
      uplink,
      tokens,
      source: stdinSource(settings.site, io, rejected),
      signal: io.signal,
      clockStatus: await clockStatusOf(settings.clockErrorMs, ended.signal),
    });
    tell(io, flags.json, settings, { ...result, rejectedLines: rejected.count });
    return 0;
  } finally {
    ended.abort();
    await store.close();
  }
}

function stdinSource(site: Site, io: Io, rejected: RejectedFile) {
  return ndjsonSource({
    site,
    input: io.input,
    async onRejected(line) {
      const level = rejected.count < MOST_LOGGED ? 'warn' : 'debug';
      io.logger[level]({ line: line.line, reason: line.reason }, 'rejected a line');
      await rejected.write(line);
    },
  });
}

function tell(
  io: Io,
  json: boolean,
  { site, device }: CameraSettings,
  result: CameraResult & { readonly rejectedLines: number },
): void {
  const faults = Object.entries(result.faults).map(([fault, count]) => `${fault} ${count}`);
  report(io, json, { device, site: site.id, ...result }, [
    `${device} at ${site.id}: ${result.frames} frames, ${result.observations} observations, ${result.batches} messages`,
    ...(result.rejectedLines > 0 ? [`${result.rejectedLines} lines rejected, see rejected.ndjson`] : []),
    ...(faults.length > 0 ? [`left out: ${faults.join(', ')}`] : []),
    ...(result.droppedFrames > 0 ? [`${result.droppedFrames} frames dropped: the outbox was full`] : []),
    ...(result.left > 0 ? [`${result.left} messages wait in the outbox for the next start`] : []),
  ]);
}

/** @throws UsageError with every problem */
async function cameraSettings(flags: CameraFlags, io: Io): Promise<CameraSettings> {
  const problems: string[] = [];
  const shared = await uplinkSettings(flags, io, problems);
  const clockErrorMs = clockErrorOf(flags, problems);
  const speed = speedOf(flags.speed, problems);
  const site = await siteOf(flags.site, problems);
  if (site === undefined) throw new UsageError(problems);
  const device = deviceAt(site, flags.device ?? site.devices[0], problems);
  if (problems.length > 0) throw new UsageError(problems);
  return { ...shared, site, device, speed, clockErrorMs };
}

function speedOf(text: string, problems: string[]): Speed {
  return text === 'live' || text === 'max' ? text : positive(text, '--speed', problems);
}
