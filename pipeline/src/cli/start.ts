/**
 * `wayside start`: the whole house in one process, with a simulated street and train unless told otherwise; or one role
 * of a house of many processes.
 */
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import type { Logger } from 'pino';
import type { HouseConfig } from '../config.ts';
import { serveApi } from '../main/api.ts';
import { openHouse, type House } from '../main/house.ts';
import { serveProbes } from '../main/probes.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { checkedConfig } from './house-config.ts';
import { interruption } from './interruption.ts';
import { createLogger } from './logger.ts';
import { serverConfigOf, withServerOptions, type ServerOptions } from './server-settings.ts';
import { runSimulators, type Tool } from './tool.ts';

interface StartOptions extends ServerOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly mqttHost: string;
  readonly mqttPort: number;
  readonly profile: string;
  readonly simulate: boolean;
  readonly sites: number;
  readonly seed: number;
  readonly retention: number;
  readonly json?: true;
}

const STOP_DEADLINE_MS = 10_000;
const TOOL_DEADLINE_MS = 6_000;
/** How long to wait for the first word of a simulated camera. */
const SIMULATORS_HEARD_MS = 10_000;

export function startCommand(context: CommandContext): Command {
  const command = new Command('start')
    .description('start the whole house in one process, with a simulated street and train')
    .option('--data <dir>', 'the one folder that holds everything', '.wayside')
    .option('--port <n>', 'of the page and the API; 0 lets the system choose', wholeNumber, 8080)
    .option(
      '--host <address>',
      'where page and API listen; off loopback WAYSIDE_API_TOKEN is needed',
      '127.0.0.1',
    )
    .option('--mqtt-port <n>', 'where devices connect', wholeNumber, 1883)
    .option(
      '--mqtt-host <address>',
      'where devices connect; off loopback WAYSIDE_DEVICE_PASSWORD is needed',
      '127.0.0.1',
    )
    .option('--profile <id>', 'law profile of sites that name none', 'cn')
    .option('--no-simulate', 'no simulated devices: only your own')
    .option('--sites <n>', 'simulated crosswalks', wholeNumber, 4)
    .option('--seed <n>', 'of the simulation', wholeNumber, 1)
    .option(
      '--retention <hours>',
      'how long raw messages, and paths where nothing was found, are kept',
      wholeNumber,
      72,
    )
    .option('--json', 'print the addresses as JSON once up');
  return withServerOptions(command, wholeNumber)
    .addHelpText(
      'after',
      '\nExamples:\n  wayside start\n  wayside start --no-simulate --data /srv/wayside --profile uk\n  wayside start --port 0 --mqtt-port 0 --json\n' +
        '  wayside start --role judge --database postgres://… --redis redis://… --kafka host:9092 --mqtt mqtt://host',
    )
    .action((options: StartOptions) => start(options, context));
}

async function start(options: StartOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const config = checkedConfig({
    dataDir: resolve(options.data),
    profile: options.profile,
    httpHost: options.host,
    httpPort: options.port,
    mqttHost: options.mqttHost,
    mqttPort: options.mqttPort,
    apiToken: context.apiToken,
    devicePassword: context.devicePassword,
    office: context.office,
    server: serverConfigOf(options, context.server),
    traces: context.traces,
    retentionHours: options.retention,
  });
  const stop = interruption();
  const logger = createLogger(context.logLevel);
  terminal.note(`opening ${config.dataDir} …`);
  const house = await openHouse({ config, logger, clock: Date.now }).catch(explain);
  try {
    const page = await serve(house, config, logger).catch(explain);
    const { brokerUrl } = house;
    const simulated = options.simulate && options.role === 'all' && brokerUrl !== undefined;
    if (simulated) await simulate(house, brokerUrl, options, context);
    announce(page, house, { json: options.json === true, simulated }, context);
    await aborted(stop.signal);
    terminal.note('stopping …');
  } finally {
    await house.lifecycle.close(STOP_DEADLINE_MS);
    stop.end();
  }
}

const serve = (house: House, config: HouseConfig, logger: Logger): Promise<string> =>
  house.roles.has('api') ? serveApi(house, config, logger) : serveProbes(house, config);

function announce(
  page: string,
  { brokerUrl, dataDir, roles }: House,
  { json, simulated }: { readonly json: boolean; readonly simulated: boolean },
  { terminal }: CommandContext,
): void {
  const part = roles.has('api') ? 'page   ' : 'probes ';
  const devices = brokerUrl === undefined ? '' : `\n  devices ${brokerUrl}`;
  if (json) terminal.json({ page, broker: brokerUrl, data: dataDir, simulated, roles: [...roles] });
  else terminal.result(`Wayside is up.\n  ${part} ${page}${devices}\n  data    ${dataDir}`);
  if (simulated)
    terminal.note('The street and the train are simulated (--no-simulate turns them off). Ctrl-C stops.');
}

/**
 * A simulator that ends by itself is said; the house goes on without it. Resolves when the first camera has been heard,
 * so that whoever opens the page then finds it alive.
 */
async function simulate(
  house: House,
  brokerUrl: string,
  options: StartOptions,
  { terminal }: CommandContext,
): Promise<void> {
  const shared = ['--broker', brokerUrl, '--seed', String(options.seed), '--json'];
  const programs = {
    street: [
      'street',
      '--sites',
      String(options.sites),
      ...['--signals', '1'],
      '--data',
      join(house.dataDir, 'agents', 'street'),
      ...shared,
    ],
    train: ['train', '--data', join(house.dataDir, 'agents', 'train'), ...shared],
  };
  const heard = new AbortController();
  for (const [name, args] of Object.entries(programs)) {
    const tool = runSimulators(args, () => heard.abort());
    let stopping = false;
    void tool.ended.then((code) => {
      if (!stopping)
        terminal.note(`the simulated ${name} ended (exit code ${code ?? 'none, killed'}); the house goes on`);
    });
    house.lifecycle.onClose(`simulated ${name}`, () => {
      stopping = true;
      return ended(tool);
    });
  }
  await sleep(SIMULATORS_HEARD_MS, undefined, { signal: heard.signal }).catch(() => undefined);
}

async function ended(tool: Tool): Promise<void> {
  tool.stop();
  const forced = setTimeout(() => tool.stop(), TOOL_DEADLINE_MS);
  await tool.ended;
  clearTimeout(forced);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolveStop) => {
    if (signal.aborted) resolveStop();
    else signal.addEventListener('abort', () => resolveStop(), { once: true });
  });

function explain(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE')
    throw new CommandFailure(
      `${message}: another program listens there; choose another with --port or --mqtt-port (0 lets the system choose)`,
      1,
    );
  if (code === 'data-in-use')
    throw new CommandFailure(`${message}; stop the other one, or name another folder with --data`, 1);
  throw error;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is needed');
  return value;
}
