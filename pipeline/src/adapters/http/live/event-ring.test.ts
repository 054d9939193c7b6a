import type { LiveEvent } from '@wayside/contracts/http';
import { describe, expect, it } from 'vitest';
import { EventRing } from './event-ring.ts';

const device = (name: string): LiveEvent => ({
  kind: 'device',
  device: name,
  state: 'online',
  at: '2026-05-01T12:00:00Z',
});
const street: LiveEvent = { kind: 'street', site: 'site-1', at: '2026-05-01T12:00:00Z', objects: [] };
const names = (events: readonly { readonly event: LiveEvent }[]) =>
  events.map(({ event }) => (event.kind === 'device' ? event.device : event.kind));

describe('the ring of events', () => {
  it('gives what came after the event a client saw last', () => {
    const ring = new EventRing('run', 10);
    const [, second] = ['a', 'b', 'c', 'd'].map((name) => ring.push(device(name)));
    const missed = ring.since(second?.id ?? '');
    expect(names(missed.events)).toEqual(['c', 'd']);
    expect(missed.gap).toBe(false);
  });

  it('gives nothing to a client that saw the newest', () => {
    const ring = new EventRing('run', 10);
    const { id } = ring.push(device('a'));
    expect(ring.since(id)).toEqual({ events: [], gap: false });
  });

  it('keeps no street view, yet a client may have seen one last', () => {
    const ring = new EventRing('run', 10);
    ring.push(device('a'));
    const { id } = ring.push(street);
    ring.push(street);
    ring.push(device('b'));
    expect(names(ring.since(id).events)).toEqual(['b']);
  });

  it('says that there is a gap where events are forgotten that the client has not seen', () => {
    const ring = new EventRing('run', 2);
    const [a, b] = ['a', 'b', 'c', 'd'].map((name) => ring.push(device(name)));
    expect(ring.since(a?.id ?? '')).toMatchObject({ gap: true });
    expect(names(ring.since(a?.id ?? '').events)).toEqual(['c', 'd']);
    expect(ring.since(b?.id ?? '').gap).toBe(false);
  });

  it.each(['other-1', 'run-99', 'run-', 'run', 'run--1', 'run-1e3', '', '-'])(
    'takes "%s" for the id of another run',
    (id) => {
      const ring = new EventRing('run', 10);
      ring.push(device('a'));
      expect(names(ring.since(id).events)).toEqual(['a']);
      expect(ring.since(id).gap).toBe(true);
    },
  );
});
