/** The live bus over several processes: Redis pub/sub. At most once; nothing is kept for who is away. */
import { LiveEvent } from '@wayside/contracts/http';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Compile } from 'typebox/compile';
import type { LiveBus } from '../app/live-bus.ts';
import { createInProcessBus } from './in-process-bus.ts';

export interface RedisBus extends LiveBus {
  /** Resolves once events reach others, and theirs who listens here. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'wayside:live';
/** Events on their way; beyond it they are dropped, for pages are told again soon. */
const MAX_UNDER_WAY = 1_000;
const READY_TIMEOUT_MS = 5_000;

const validator = Compile(LiveEvent);

export function openRedisBus(url: string, logger: Logger): RedisBus {
  const publishing = connect(url, logger);
  const here = createInProcessBus(logger);
  let hearing: Hearing | undefined;
  let underWay = 0;
  return {
    publish: (event) => {
      if (publishing.status !== 'ready' || underWay >= MAX_UNDER_WAY) return;
      underWay++;
      publishing
        .publish(CHANNEL, JSON.stringify(event))
        .catch(() => undefined)
        .finally(() => underWay--);
    },
    subscribe: (listener) => {
      hearing ??= hear(connect(url, logger), (event) => here.publish(event));
      return here.subscribe(listener);
    },
    ready: () => until(() => publishing.status === 'ready' && (hearing?.heard() ?? true)),
    close: () => {
      publishing.disconnect();
      hearing?.close();
      return Promise.resolve();
    },
  };
}

function connect(url: string, logger: Logger): Redis {
  const connection = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
  });
  warnOnce(connection, logger);
  return connection;
}

interface Hearing {
  readonly heard: () => boolean;
  readonly close: () => void;
}

/** Only for who has a listener: most roles have none, and what a busy house tells costs as much to hear as to say. */
function hear(connection: Redis, onEvent: (event: LiveEvent) => void): Hearing {
  let heard = false;
  connection.on('ready', () => {
    connection.subscribe(CHANNEL).then(
      () => (heard = true),
      () => undefined,
    );
  });
  connection.on('close', () => (heard = false));
  connection.on('message', (_channel: string, text: string) => {
    const event = parse(text);
    if (event) onEvent(event);
  });
  return { heard: () => heard, close: () => connection.disconnect() };
}

function parse(text: string): LiveEvent | undefined {
  const value: unknown = JSON.parse(text);
  return validator.Check(value) ? value : undefined;
}

/** A Redis that is down is said once, and once again when it was back meanwhile. */
function warnOnce(connection: Redis, logger: Logger): void {
  let said = false;
  connection.on('ready', () => (said = false));
  connection.on('error', (error: Error) => {
    if (!said) logger.warn({ err: error }, 'the live bus cannot reach Redis; pages hear nothing meanwhile');
    said = true;
  });
}

async function until(ready: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!ready()) {
    if (Date.now() > deadline) throw new Error('Redis does not answer');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
