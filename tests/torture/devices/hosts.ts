/** The processes of the devices, from outside: started again when they end, told to finish, heard when they have. */
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Player } from '../oracle/cast.ts';
import { supervise, type Supervised } from '../house/supervised.ts';
import type { FromHost, HostOrder, ToHost } from './host-messages.ts';

export interface DeviceHost {
  readonly process: Supervised;
  readonly journal: string;
  /** Messages in the outboxes, as it said last. */
  waiting(): number;
  finish(): void;
  /** Resolves with the last sequence of each device, and the last of its script. */
  readonly finished: Promise<ReadonlyMap<string, readonly [number, number]>>;
}

const PROGRAM = fileURLToPath(new URL('../bin/devices.js', import.meta.url));

export function startHost(
  name: string,
  of: {
    readonly players: readonly Player[];
    readonly urls: HostOrder['urls'];
    readonly folder: string;
    readonly everyMs: number;
  },
): DeviceHost {
  const journal = join(of.folder, `${name}.fates`);
  const order: HostOrder = { ...of, folder: join(of.folder, `${name}.outbox`), journal };
  let waiting = 0;
  let finishing = false;
  let current: ChildProcess | undefined;
  let done: (last: ReadonlyMap<string, readonly [number, number]>) => void = () => undefined;
  const finished = new Promise<ReadonlyMap<string, readonly [number, number]>>((resolve) => (done = resolve));
  const tell = (message: ToHost): void => {
    if (current?.connected) current.send(message, () => undefined);
  };
  const hear = (message: FromHost): void => {
    if (message.kind === 'waiting') waiting = message.messages;
    if (message.kind === 'finished') done(new Map(Object.entries(message.last)));
  };
  const child = supervise({
    name,
    args: [PROGRAM],
    env: {},
    log: join(of.folder, `${name}.log`),
    onStart: (started) => {
      current = started;
      started.on('message', (message) => hear(message as FromHost));
      tell({ kind: 'play', order });
      if (finishing) tell({ kind: 'finish' });
    },
  });
  return {
    process: child,
    journal,
    waiting: () => waiting,
    finish: () => {
      finishing = true;
      tell({ kind: 'finish' });
    },
    finished,
  };
}
