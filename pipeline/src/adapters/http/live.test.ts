import type { LiveEvent } from '@wayside/contracts/http';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { HubLimits } from './live/live-hub.ts';
import { listenOnLoopback, openEventSource } from './testing/event-source.ts';
import { testBus, testServer } from './testing/house.ts';

const device = (name: string): LiveEvent => ({
  kind: 'device',
  device: name,
  state: 'online',
  at: '2026-05-01T12:00:00Z',
});
/** Some 4 KB. */
const verdict = (n: number): LiveEvent => ({
  kind: 'verdict',
  site: 'site-1',
  outcome: 'clear',
  occurredAt: '2026-05-01T12:00:00Z',
  reason: `${n} ${'x'.repeat(4000)}`,
});
const street = (site: string): LiveEvent => ({
  kind: 'street',
  site,
  at: '2026-05-01T12:00:00Z',
  objects: [],
});

describe('live events', () => {
  let server: FastifyInstance;
  const bus = testBus();
  const serve = async (liveLimits?: Partial<HubLimits>) => {
    server = await testServer({ bus, liveLimits, clock: Date.now });
    return listenOnLoopback(server);
  };
  afterEach(() => server.close());

  it('arrive as they are published, each with an id and its kind as its name', async () => {
    const port = await serve();
    const page = await openEventSource(port, '/api/live');
    expect(page.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    bus.publish(device('cam-1'));
    bus.publish(street('site-1'));
    const [first, second] = await page.until(2);
    expect(first).toMatchObject({ event: 'device', data: device('cam-1') });
    expect(second).toMatchObject({ event: 'street', data: street('site-1') });
    expect(first?.id).toMatch(/^[0-9a-f]+-1$/);
    page.close();
  });

  it('that were missed arrive when the page comes back with the id of the last', async () => {
    const port = await serve();
    const before = await openEventSource(port, '/api/live');
    bus.publish(device('seen'));
    const [seen] = await before.until(1);
    before.close();
    bus.publish(device('missed-1'));
    bus.publish(street('site-1'));
    bus.publish(device('missed-2'));
    const after = await openEventSource(port, '/api/live', { 'last-event-id': seen?.id ?? '' });
    bus.publish(device('new'));
    const events = await after.until(3);
    expect(events.map(({ data }) => (data as { device: string }).device)).toEqual([
      'missed-1',
      'missed-2',
      'new',
    ]);
    after.close();
  });

  it('that are gone are owned up to', async () => {
    const port = await serve({ keptEvents: 2 });
    bus.publish(device('a'));
    const page = await openEventSource(port, '/api/live', { 'last-event-id': 'earlier-7' });
    const events = await page.until(2);
    expect(events).toMatchObject([{ event: 'gap', data: {} }, { data: { device: 'a' } }]);
    page.close();
  });

  it('of the street come from the one site that was asked for', async () => {
    const port = await serve();
    const page = await openEventSource(port, '/api/live?site=east');
    for (const event of [street('west'), street('east'), device('cam-1')]) bus.publish(event);
    expect((await page.until(2)).map(({ event }) => event)).toEqual(['street', 'device']);
    expect(page.received[0]?.data).toMatchObject({ site: 'east' });
    page.close();
  });

  it('that a page does not read are bounded: it is closed, reads on where it was, and another page misses nothing', async () => {
    const port = await serve({ maxWaiting: 50, keptEvents: 20_000 });
    const slow = await openEventSource(port, '/api/live');
    bus.publish(verdict(0));
    await slow.until(1);
    slow.response.pause();
    const quick = await openEventSource(port, '/api/live');
    const total = 3000; // 12 MB, more than the sockets of both ends hold
    for (let n = 1; n <= total; n++) {
      bus.publish(verdict(n));
      if (n % 20 === 0) await quick.until(n);
    }
    expect(await quick.until(total)).toHaveLength(total);
    slow.response.resume();
    await slow.closed;
    expect(slow.received.length).toBeLessThan(total);
    const back = await openEventSource(port, '/api/live', {
      'last-event-id': slow.received.at(-1)?.id ?? '',
    });
    const rest = await back.until(total + 1 - slow.received.length);
    const numbers = [...slow.received, ...rest].map(({ data }) =>
      Number.parseInt((data as { reason: string }).reason),
    );
    expect(numbers).toEqual(Array.from({ length: total + 1 }, (_, n) => n));
    quick.close();
    back.close();
  });

  it('are for as many pages as may listen', async () => {
    const port = await serve({ maxClients: 1 });
    const first = await openEventSource(port, '/api/live');
    const second = await openEventSource(port, '/api/live');
    expect(second.response.statusCode).toBe(503);
    expect(second.response.headers).toMatchObject({
      'retry-after': '10',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    first.close();
    await expect
      .poll(async () => {
        const next = await openEventSource(port, '/api/live');
        next.close();
        return next.response.statusCode;
      })
      .toBe(200);
  });

  it('end, and let go of the bus, when the server closes', async () => {
    const port = await serve();
    const page = await openEventSource(port, '/api/live');
    expect(bus.listeners()).toBe(1);
    await server.close();
    await page.closed;
    expect(bus.listeners()).toBe(0);
  });

  it('are not started by a HEAD', async () => {
    await serve();
    expect((await server.inject({ method: 'HEAD', url: '/api/live' })).statusCode).toBe(404);
  });
});
