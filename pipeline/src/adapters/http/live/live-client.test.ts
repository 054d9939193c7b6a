import type { LiveEvent } from '@wayside/contracts/http';
import { describe, expect, it } from 'vitest';
import type { NumberedEvent } from './event-ring.ts';
import { LiveClient, type LiveMessage, type LiveSink } from './live-client.ts';

const LIMITS = { maxWaiting: 5, maxWaitingWithStreet: 2, maxStallMs: 1000 };

const numbered = (id: string, event: LiveEvent): NumberedEvent => ({
  id,
  event,
  data: JSON.stringify(event),
});
const device = (id: string) => numbered(id, { kind: 'device', device: 'cam-1', state: 'online', at: 'now' });
const street = (id: string, site = 'site-1') =>
  numbered(id, { kind: 'street', site, at: 'now', objects: [] });

/** A socket that takes one message and is then full, until it is emptied. */
function slowSink() {
  const written: LiveMessage[] = [];
  let empty: () => void = () => undefined;
  let closed = 0;
  const sink: LiveSink = {
    write: (message) => {
      written.push(message);
      return new Promise((resolve) => (empty = resolve));
    },
    close: () => void (closed += 1),
  };
  return {
    sink,
    ids: () => written.map(({ id }) => id),
    events: () => written.map(({ event }) => event),
    empty: async () => {
      empty();
      await Promise.resolve();
      await Promise.resolve();
    },
    closed: () => closed,
  };
}

describe('a listening page', () => {
  const client = (sink: LiveSink, site?: string, clock = () => 0) =>
    new LiveClient(sink, { site, limits: LIMITS, clock });

  it('is sent every event in order, however slowly it reads', async () => {
    const socket = slowSink();
    const page = client(socket.sink);
    for (const id of ['1', '2', '3', '4', '5']) page.offer(device(id));
    for (let i = 0; i < 5; i++) await socket.empty();
    expect(socket.ids()).toEqual(['1', '2', '3', '4', '5']);
  });

  it('is sent fewer street views when it is slow, and loses nothing else', async () => {
    const socket = slowSink();
    const page = client(socket.sink);
    for (let i = 1; i <= 20; i++) page.offer(street(`s${i}`));
    page.offer(device('1'));
    for (let i = 0; i < 30; i++) await socket.empty();
    expect(socket.ids()).toEqual(['s1', 's2', 's3', '1']);
    expect(socket.closed()).toBe(0);
  });

  it('is closed once more waits for it than may, and is offered nothing after', () => {
    const socket = slowSink();
    const page = client(socket.sink);
    for (let i = 0; i <= LIMITS.maxWaiting; i++) page.offer(device(`${i}`));
    expect(socket.closed()).toBe(0);
    page.offer(device('too many'));
    page.offer(device('later'));
    expect(socket.closed()).toBe(1);
  });

  it('is closed once its socket was full for too long', () => {
    const socket = slowSink();
    let nowMs = 0;
    const page = client(socket.sink, undefined, () => nowMs);
    page.offer(device('1'));
    nowMs = LIMITS.maxStallMs + 1;
    page.offer(street('s1'));
    expect(socket.closed()).toBe(1);
  });

  it('is sent what it missed before what comes, and first of all that there is a gap', async () => {
    const socket = slowSink();
    const page = client(socket.sink);
    page.resume({ events: ['1', '2', '3', '4', '5', '6', '7'].map(device), gap: true });
    page.offer(device('8'));
    for (let i = 0; i < 10; i++) await socket.empty();
    expect(socket.ids()).toEqual([undefined, '1', '2', '3', '4', '5', '6', '7', '8']);
    expect(socket.events()[0]).toBe('gap');
    expect(socket.closed()).toBe(0);
  });

  it('is sent the street of its site alone, and every other event', async () => {
    const socket = slowSink();
    const page = client(socket.sink, 'site-2');
    [street('1'), street('2', 'site-2'), device('3')].forEach((event) => page.offer(event));
    for (let i = 0; i < 3; i++) await socket.empty();
    expect(socket.ids()).toEqual(['2', '3']);
  });

  it('is closed where its socket fails', async () => {
    let closed = false;
    const page = client({ write: () => Promise.reject(new Error('gone')), close: () => (closed = true) });
    page.offer(device('1'));
    await Promise.resolve();
    await Promise.resolve();
    expect(closed).toBe(true);
  });
});
