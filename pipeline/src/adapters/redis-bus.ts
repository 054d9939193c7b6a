/** The live bus over several processes: Redis pub/sub. At most once; nothing is kept for who is away. */
import { LiveEvent } from '@wayside/contracts/http';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Compile } from 'typebox/compile';
import type { LiveBus } from '../app/live-bus.ts';
import { createInProcessBus } from './in-process-bus.ts';

export interface RedisBus extends LiveBus {
  /** Resolves once events of others are heard. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'wayside:live';
/** Events on their way; beyond it they are dropped, for pages are told again soon. */
const MAX_UNDER_WAY = 1_000;
const READY_TIMEOUT_MS = 5_000;

const validator = Compile(LiveEvent);

export function openRedisBus(url: string, logger: Logger): RedisBus {
  const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0 };
  const publishing = new Redis(url, options);
  const hearing = new Redis(url, { ...options, autoResubscribe: false });
  for (const connection of [publishing, hearing]) warnOnce(connection, logger);
  const here = createInProcessBus(logger);
  let heard = false;
  hearing.on('ready', () => {
    hearing.subscribe(CHANNEL).then(
      () => (heard = true),
      () => undefined,
    );
  });
  hearing.on('close', () => (heard = false));
  hearing.on('message', (_channel: string, text: string) => {
    const event = parse(text);
    if (event) here.publish(event);
  });
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
    subscribe: (listener) => here.subscribe(listener),
    ready: () => until(() => heard && publishing.status === 'ready'),
    close: () => {
      publishing.disconnect();
      hearing.disconnect();
      return Promise.resolve();
    },
  };
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
