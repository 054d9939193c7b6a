/** Options that several commands share, and how their values are read. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CommandFailure } from './failure.ts';

export interface HouseOptions {
  readonly broker: string;
  readonly data: string;
  readonly remote?: true;
  readonly json?: true;
}

export const withHouseOptions = (command: Command): Command =>
  command
    .requiredOption('--broker <url>', 'where the house listens for devices, e.g. mqtt://127.0.0.1:1883')
    .requiredOption('--data <dir>', 'where the devices keep their outboxes and the token key')
    .option('--remote', 'let the broker be on another machine')
    .option('--json', 'print one JSON object a line');

export const seedOption = (): Option =>
  new Option('--seed <n>', 'the same seed makes the same world').argParser(wholeNumber).default(1);

export const durationOption = (): Option =>
  new Option('--duration <seconds>', 'stop after so long; else on Ctrl-C').argParser(positive);

/** @throws CommandFailure where the broker is neither a URL nor, without --remote, on this machine. */
export function checkedBroker({ broker, remote }: HouseOptions): string {
  const url = tryUrl(broker);
  if (url === undefined)
    throw new CommandFailure(`--broker "${broker}" is not a URL like mqtt://127.0.0.1:1883`, 2);
  if (remote || isLoopback(url.hostname)) return broker;
  throw new CommandFailure(`--broker ${url.hostname} is another machine; add --remote to publish there`, 2);
}

function tryUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('not a whole number from 0');
  return value;
}

export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('not a number above 0');
  return value;
}

const MOST_SITES = 2000;

/** @throws CommandFailure */
export function checkedSites(sites: number, most = MOST_SITES): number {
  if (sites >= 1 && sites <= most) return sites;
  throw new CommandFailure(`--sites must be 1 to ${most}`, 2);
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('not a share from 0 to 1');
  return value;
}

export const positiveOrMax = (text: string): number | 'max' => (text === 'max' ? 'max' : positive(text));
