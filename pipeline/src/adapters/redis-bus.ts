/** The live bus over several processes: Redis pub/sub. At most once; nothing is kept for who is away. */
import { LiveEvent } from '@wayside/contracts/http';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Compile } from 'typebox/compile';
import type { StreetBus } from '../app/live-bus.ts';
import { createInProcessBus } from './in-process-bus.ts';

export interface RedisBus extends StreetBus {
  /** Resolves once events reach others, and theirs who listens here. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const CHANNEL = 'wayside:live';
/** Nothing is said here: whoever looks at streets listens to it, and so can be counted, also when it dies. */
const STREETS = 'wayside:streets';
/** How long an answer to who looks at streets is good for. */
const WATCHED_MS = 1_000;
/** Events on their way; beyond it they are dropped, for pages are told again soon. */
const MAX_UNDER_WAY = 1_000;
const READY_TIMEOUT_MS = 5_000;

const validator = Compile(LiveEvent);

export function openRedisBus(url: string, logger: Logger): RedisBus {
  const publishing = connect(url, logger);
  const here = createInProcessBus(logger);
  const watched = streetsWatchedOn(publishing);
  let hearing: Hearing | undefined;
  return {
    publish: publisherOn(publishing),
    subscribe: (listener) => {
      hearing ??= hear(connect(url, logger), here);
      return here.subscribe(listener);
    },
    streetsWatched: watched,
    watchStreets: () => {
      const end = here.watchStreets();
      hearing?.look();
      return () => {
        end();
        hearing?.look();
      };
    },
    ready: () => until(() => publishing.status === 'ready' && (hearing?.heard() ?? true)),
    close: () => {
      publishing.disconnect();
      hearing?.close();
      return Promise.resolve();
    },
  };
}

/** What is told in one turn goes out as one message. */
function publisherOn(publishing: Redis): (event: LiveEvent) => void {
  let gathered: LiveEvent[] = [];
  let underWay = 0;
  const send = (): void => {
    const events = gathered;
    gathered = [];
    publishing
      .publish(CHANNEL, JSON.stringify(events))
      .catch(() => undefined)
      .finally(() => (underWay -= events.length));
  };
  return (event) => {
    if (publishing.status !== 'ready' || underWay >= MAX_UNDER_WAY) return;
    underWay++;
    if (gathered.push(event) === 1) setImmediate(send);
  };
}

/** Asks in passing, and answers by what it was told last. */
function streetsWatchedOn(asking: Redis): () => boolean {
  let watched = false;
  let askedAtMs = -Infinity;
  return () => {
    if (asking.status === 'ready' && performance.now() - askedAtMs >= WATCHED_MS) {
      askedAtMs = performance.now();
      asking.pubsub('NUMSUB', STREETS).then(
        ([, count]) => (watched = Number(count) > 0),
        () => undefined,
      );
    }
    return watched;
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
  /** Whether streets are looked at here may have changed. */
  readonly look: () => void;
  readonly close: () => void;
}

/** Only for who has a listener: most roles have none, and what a busy house tells costs as much to hear as to say. */
function hear(connection: Redis, here: StreetBus): Hearing {
  let heard = false;
  let looking = false;
  const look = (): void => {
    if (!heard || here.streetsWatched() === looking) return;
    looking = !looking;
    (looking ? connection.subscribe(STREETS) : connection.unsubscribe(STREETS)).catch(() => undefined);
  };
  connection.on('ready', () => {
    looking = false;
    connection.subscribe(CHANNEL).then(
      () => {
        heard = true;
        look();
      },
      () => undefined,
    );
  });
  connection.on('close', () => (heard = false));
  connection.on('message', (_channel: string, text: string) => {
    for (const event of parse(text)) here.publish(event);
  });
  return { heard: () => heard, look, close: () => connection.disconnect() };
}

/** Who was started before this one may say each event by itself. */
function parse(text: string): readonly LiveEvent[] {
  const value: unknown = JSON.parse(text);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => validator.Check(one));
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
