/** The options that all commands share: where the house is, and where this device keeps what it has not delivered. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Slug } from '@wayside/contracts/units';
import type { Command } from 'commander';
import { Compile } from 'typebox/compile';
import type { Credentials, Tls } from '../uplink/connection.ts';
import { checkedBrokerUrl } from '../uplink/connection.ts';
import type { Io } from './io.ts';

export interface UplinkFlags {
  readonly broker: string;
  readonly data: string;
  readonly device?: string;
  readonly tokenKey?: string;
  readonly mqtt: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly outboxMib: string;
  readonly flushSeconds: string;
  readonly fsync: boolean;
  readonly json: boolean;
}

export interface UplinkSettings {
  readonly brokerUrl: string;
  readonly dataDir: string;
  readonly outboxDir: string;
  readonly tokenKeyFile: string;
  readonly protocolVersion: 4 | 5;
  readonly maxWaitingBytes: number;
  readonly flushTimeoutMs: number;
  readonly fsync: boolean;
  readonly credentials?: Credentials;
  readonly tls?: Tls;
}

export function addUplinkOptions(command: Command): Command {
  return command
    .option('--broker <url>', 'mqtt://, mqtts://, ws:// or wss:// address', 'mqtt://127.0.0.1:1883')
    .option('--data <dir>', 'folder of the outbox and the token key', '.wayside/edge')
    .option('--token-key <file>', 'key of the plate and ticket tokens (default: <data>/token.key)')
    .option('--mqtt <version>', '3.1.1 or 5; take 5 where the broker can', '3.1.1')
    .option('--ca <file>', "PEM of the broker's authority, where the system does not know it")
    .option('--cert <file>', "PEM of this device's certificate")
    .option('--key <file>', "PEM of this device's private key")
    .option('--outbox-mib <n>', 'most the outbox may hold', '8192')
    .option('--flush-seconds <n>', 'how long the end waits for the house', '30')
    .option('--fsync', 'wait for the disk at each write, for devices that lose power', false)
    .option('--json', 'print one JSON object', false);
}

/** @param problems each problem found is added */
export async function uplinkSettings(
  flags: UplinkFlags,
  io: Io,
  problems: string[],
): Promise<UplinkSettings> {
  const dataDir = resolve(flags.data);
  const credentials = credentialsOf(io.env, problems);
  const tls = await tlsOf(flags, problems);
  return {
    brokerUrl: brokerUrlOf(flags.broker, problems),
    dataDir,
    outboxDir: join(dataDir, 'outbox'),
    tokenKeyFile: flags.tokenKey ?? join(dataDir, 'token.key'),
    protocolVersion: versionOf(flags.mqtt, problems),
    maxWaitingBytes: positive(flags.outboxMib, '--outbox-mib', problems) * 2 ** 20,
    flushTimeoutMs: positive(flags.flushSeconds, '--flush-seconds', problems) * 1000,
    fsync: flags.fsync,
    ...(credentials && { credentials }),
    ...(tls && { tls }),
  };
}

const slug = Compile(Slug);
const isSlug = (text: string): boolean => slug.Check(text);

/** @returns the name, or the empty string with a problem added */
export function deviceOf(device: string | undefined, problems: string[]): string {
  if (device !== undefined && isSlug(device)) return device;
  problems.push(
    device === undefined
      ? '--device is missing'
      : `--device "${device}" must be lower case letters, digits, hyphens and underscores, at most 63`,
  );
  return '';
}

/** @returns the number, or NaN with a problem added */
export function positive(text: string, flag: string, problems: string[]): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  problems.push(`${flag} must be a number above 0, not "${text}"`);
  return NaN;
}

/** @returns the text, or undefined with a problem added */
export async function readText(
  file: string | undefined,
  flag: string,
  problems: string[],
): Promise<string | undefined> {
  if (file === undefined) {
    problems.push(`${flag} is missing`);
    return undefined;
  }
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    problems.push(`${flag}: ${(error as Error).message}`);
    return undefined;
  }
}

function brokerUrlOf(text: string, problems: string[]): string {
  try {
    return checkedBrokerUrl(text);
  } catch (error) {
    problems.push(`--broker ${(error as Error).message}`);
    return '';
  }
}

function versionOf(text: string, problems: string[]): 4 | 5 {
  if (text !== '3.1.1' && text !== '5') problems.push(`--mqtt must be 3.1.1 or 5, not "${text}"`);
  return text === '5' ? 5 : 4;
}

function credentialsOf(env: Io['env'], problems: string[]): Credentials | undefined {
  const username = env.WAYSIDE_BROKER_USERNAME;
  const password = env.WAYSIDE_BROKER_PASSWORD;
  if (username !== undefined && password !== undefined) return { username, password };
  if (username !== undefined || password !== undefined)
    problems.push('WAYSIDE_BROKER_USERNAME and WAYSIDE_BROKER_PASSWORD go together');
  return undefined;
}

async function tlsOf(flags: UplinkFlags, problems: string[]): Promise<Tls | undefined> {
  const { ca: caFile, cert: certFile, key: keyFile } = flags;
  if ((certFile === undefined) !== (keyFile === undefined)) problems.push('--cert and --key go together');
  const read = async (file: string | undefined, flag: string) =>
    file === undefined ? undefined : readText(file, flag, problems);
  const [ca, cert, key] = [
    await read(caFile, '--ca'),
    await read(certFile, '--cert'),
    await read(keyFile, '--key'),
  ];
  if (ca === undefined && cert === undefined && key === undefined) return undefined;
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}
