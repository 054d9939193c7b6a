import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineFolder, freePort, startEngine, type Engine } from './engine.ts';
import { findProgram } from './find-program.ts';

export const mosquittoProgram = (): string | undefined => findProgram('mosquitto');

export interface MosquittoOptions {
  /** How often it writes down what it holds; half an hour where absent, as it comes. */
  readonly autosaveSeconds?: number;
}

/** Mosquitto that keeps what its subscribers have not taken, in memory and, when it stops, in a file. */
export async function startMosquitto({ autosaveSeconds }: MosquittoOptions = {}): Promise<Engine> {
  const port = await freePort();
  const folder = engineFolder('mosquitto');
  chmodSync(folder, 0o777); // started by root, it becomes another user
  const file = join(folder, 'mosquitto.conf');
  writeFileSync(
    file,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${folder}/`,
      ...(autosaveSeconds === undefined ? [] : [`autosave_interval ${autosaveSeconds}`]),
      'max_queued_messages 0',
      'max_inflight_messages 0',
      'log_type error',
      'log_type warning',
      '',
    ].join('\n'),
  );
  return startEngine({
    name: 'mosquitto',
    url: `mqtt://127.0.0.1:${port}`,
    port,
    folder,
    command: [mosquittoProgram() ?? 'mosquitto', '-c', file],
  });
}
