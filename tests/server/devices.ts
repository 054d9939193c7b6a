/** Simulated devices in a process of their own, over MQTT. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/wayside.ts';

const PROGRAM = fileURLToPath(new URL('../../simulators/bin/wayside-simulators.js', import.meta.url));

export interface Devices {
  readonly child: ChildProcess;
  /** The last line it printed, once it ended well. */
  readonly done: Promise<Readonly<Record<string, unknown>>>;
}

export function runDevices(args: readonly string[]): Devices {
  const folder = temporaryFolder('devices');
  const child = spawn(process.execPath, [PROGRAM, ...args, '--data', folder.path, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout = (stdout + chunk.toString()).slice(-20_000)));
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4_000)));
  const done = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    child.once('close', (code) => {
      folder.remove();
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      if (code === 0) resolve(JSON.parse(last) as Record<string, unknown>);
      else reject(new Error(`the devices ended with ${code}: ${stderr}`));
    });
  });
  return { child, done };
}

/** A street that offers so many observations a second. */
export const runLoad = (of: {
  readonly broker: string;
  readonly rate: number;
  readonly sites: number;
  readonly seconds: number;
}): Devices =>
  runDevices([
    ...['load', '--broker', of.broker, '--rate', String(of.rate), '--sites', String(of.sites)],
    ...['--lawless', '1', '--duration', String(of.seconds)],
  ]);
