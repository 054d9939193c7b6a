import type { Infraction } from '@wayside/contracts/infraction';
import { describe, expect, it } from 'vitest';
import { emptyFeed, MAX_SHOWN, MAX_WAITING, reduceFeed, type Feed, type FeedAction } from './feed.ts';

const infraction = (n: number, hold: Infraction['hold'] = 'pending'): Infraction => ({
  id: `id-${n}`,
  verdictId: `verdict-${n}`,
  kind: 'encounter',
  site: 'north',
  rule: 'fail-to-yield',
  occurredAt: new Date(n * 1000).toISOString(),
  recordedAt: new Date(n * 1000 + 300).toISOString(),
  profile: { id: 'cn', version: '2025-01-01' },
  vehicleTrack: '7',
  pedestrianTracks: ['3'],
  account: null,
  explanation: '',
  measures: {},
  points: 3,
  hold,
  origin: 'simulation',
});
const arrival = (n: number): FeedAction => ({
  kind: 'infraction',
  infraction: infraction(n),
  arrivedAtMs: n,
});
const run = (...actions: readonly FeedAction[]): Feed => actions.reduce(reduceFeed, emptyFeed);
const ids = (feed: Feed) => feed.items.map((item) => item.infraction.id);

describe('the live list', () => {
  it('shows the newest on top and nothing twice, whether live or from history', () => {
    const feed = run(
      { kind: 'history', infractions: [infraction(2, 'held'), infraction(1, 'held')] },
      arrival(3),
      arrival(3),
      arrival(2),
    );
    expect(ids(feed)).toEqual(['id-3', 'id-2', 'id-1']);
  });

  it('turns pending into held when the hold is heard of', () => {
    const feed = run(arrival(1), { kind: 'hold', infractionId: 'id-1', holdMs: 212 });
    expect(feed.items[0]).toMatchObject({ infraction: { hold: 'held' }, holdMs: 212 });
  });

  it('keeps a hold that overtook its infraction', () => {
    const feed = run({ kind: 'hold', infractionId: 'id-1', holdMs: 40 }, arrival(1));
    expect(feed.items[0]).toMatchObject({ infraction: { hold: 'held' }, holdMs: 40 });
  });

  it('does not let an older answer of the house undo a hold', () => {
    const feed = run(
      arrival(1),
      { kind: 'hold', infractionId: 'id-1', holdMs: 40 },
      { kind: 'history', infractions: [infraction(1, 'pending')] },
    );
    expect(feed.items[0]?.infraction.hold).toBe('held');
  });

  it('stands still while paused, counts what waits, and shows it on resume', () => {
    const paused = run(arrival(1), { kind: 'pause' }, arrival(2), arrival(3));
    expect(ids(paused)).toEqual(['id-1']);
    expect(paused.waitingCount).toBe(2);
    const resumed = reduceFeed(paused, { kind: 'resume' });
    expect(ids(resumed)).toEqual(['id-3', 'id-2', 'id-1']);
    expect(resumed.waitingCount).toBe(0);
  });

  it('holds what waits live, too', () => {
    const feed = run(
      { kind: 'pause' },
      arrival(1),
      { kind: 'hold', infractionId: 'id-1', holdMs: 9 },
      { kind: 'resume' },
    );
    expect(feed.items[0]?.infraction.hold).toBe('held');
  });

  it('stays within its bounds however many come, and still counts them', () => {
    const many = Array.from({ length: 400 }, (_, n) => arrival(n));
    expect(run(...many).items).toHaveLength(MAX_SHOWN);
    const paused = run({ kind: 'pause' }, ...many);
    expect(paused.waiting).toHaveLength(MAX_WAITING);
    expect(paused.waitingCount).toBe(400);
    const holds = Array.from({ length: 400 }, (_, n): FeedAction => ({
      kind: 'hold',
      infractionId: `${n}`,
      holdMs: null,
    }));
    expect(run(...holds).earlyHolds.size).toBeLessThanOrEqual(50);
  });
});
