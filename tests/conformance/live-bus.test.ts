/** The LiveBus port: in the process, and over Redis between processes. */
import type { LiveEvent } from '@wayside/contracts/http';
import { createInProcessBus } from '@wayside/pipeline/adapters/in-process-bus';
import { openRedisBus } from '@wayside/pipeline/adapters/redis-bus';
import type { StreetBus } from '@wayside/pipeline/app/live-bus';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const silent = pino({ level: 'silent' });
const redis = process.env['WAYSIDE_TEST_REDIS'];
const patient = { interval: 10, timeout: 30_000 };
const event = (device: string): LiveEvent => ({
  kind: 'device',
  device,
  state: 'online',
  at: '2026-05-01T00:00:00.000Z',
});

interface Ends {
  readonly from: StreetBus;
  readonly to: StreetBus;
  /** Resolves once what is sent reaches who listens. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

function inProcess(): Promise<Ends> {
  const bus = createInProcessBus(silent);
  return Promise.resolve({ from: bus, to: bus, ready: nothing, close: nothing });
}

/** Two, as in two processes. */
function onRedis(): Promise<Ends> {
  const [from, to] = [openRedisBus(redis ?? '', silent), openRedisBus(redis ?? '', silent)];
  return Promise.resolve({
    from,
    to,
    ready: async () => {
      await Promise.all([from.ready(), to.ready()]);
    },
    close: async () => {
      await Promise.all([from.close(), to.close()]);
    },
  });
}

describe.each([
  { name: 'one process', open: inProcess, skipped: false },
  {
    name: `Redis${redis === undefined ? ' (skipped: WAYSIDE_TEST_REDIS is not set)' : ''}`,
    open: onRedis,
    skipped: redis === undefined,
  },
])('a live bus in $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('', () => {
    let ends: Ends;
    beforeAll(async () => {
      ends = await open();
    });
    afterAll(() => ends.close());

    it('brings events to everybody who listens, in order, as they were sent', async () => {
      const heard: LiveEvent[] = [];
      const stops = [ends.to, ends.to].map((bus) => bus.subscribe((one) => heard.push(one)));
      await ends.ready();
      ends.from.publish(event('a'));
      ends.from.publish(event('b'));
      await expect.poll(() => heard.length, patient).toBe(4);
      expect(heard).toEqual([event('a'), event('a'), event('b'), event('b')]);
      for (const stop of stops) stop();
    });

    it('brings nothing to who has stopped, and a listener that fails harms nobody', async () => {
      const heard: string[] = [];
      const stopFailing = ends.to.subscribe(() => {
        throw new Error('a page that broke');
      });
      const stopFirst = ends.to.subscribe(() => heard.push('first'));
      const stopSecond = ends.to.subscribe(() => heard.push('second'));
      await ends.ready();
      stopFirst();
      ends.from.publish(event('c'));
      await expect.poll(() => heard, patient).toEqual(['second']);
      stopSecond();
      stopFailing();
    });

    it('knows whether anybody looks at streets', async () => {
      const stop = ends.to.subscribe(() => undefined);
      await ends.ready();
      expect(ends.from.streetsWatched()).toBe(false);
      const looks = [ends.to.watchStreets(), ends.to.watchStreets()];
      await expect.poll(() => ends.from.streetsWatched(), patient).toBe(true);
      looks[0]?.();
      expect(ends.from.streetsWatched()).toBe(true);
      looks[1]?.();
      await expect.poll(() => ends.from.streetsWatched(), patient).toBe(false);
      stop();
    });
  });
});
