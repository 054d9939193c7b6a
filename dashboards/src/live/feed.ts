/**
 * The list of infractions on the live page, newest first, as a pure reducer.
 *
 *   running ──pause──▶ paused (what arrives waits) ──resume──▶ running (what waited is on top)
 *
 * Both lists are bounded; what falls out of the list is still in the house, what falls out of the wait is counted.
 */
import type { Infraction } from '@wayside/contracts/infraction';

export const MAX_SHOWN = 150;
export const MAX_WAITING = 150;
const MAX_EARLY_HOLDS = 50;

export interface FeedItem {
  readonly infraction: Infraction;
  /** When the page heard of it, or null for what was there before the page. */
  readonly arrivedAtMs: number | null;
  readonly holdMs: number | null;
}

export interface Feed {
  readonly paused: boolean;
  readonly items: readonly FeedItem[];
  readonly waiting: readonly FeedItem[];
  /** How many have arrived since the pause, also those no longer kept. */
  readonly waitingCount: number;
  /** Holds heard of before their infraction: id to milliseconds from detection, null where not measured. */
  readonly earlyHolds: ReadonlyMap<string, number | null>;
}

export type FeedAction =
  | { readonly kind: 'history'; readonly infractions: readonly Infraction[] }
  | { readonly kind: 'infraction'; readonly infraction: Infraction; readonly arrivedAtMs: number }
  | { readonly kind: 'hold'; readonly infractionId: string; readonly holdMs: number | null }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

export const emptyFeed: Feed = {
  paused: false,
  items: [],
  waiting: [],
  waitingCount: 0,
  earlyHolds: new Map(),
};

export function reduceFeed(feed: Feed, action: FeedAction): Feed {
  switch (action.kind) {
    case 'history':
      return addHistory(feed, action.infractions);
    case 'infraction':
      return addInfraction(feed, action.infraction, action.arrivedAtMs);
    case 'hold':
      return addHold(feed, action.infractionId, action.holdMs);
    case 'pause':
      return { ...feed, paused: true };
    case 'resume':
      return {
        ...feed,
        paused: false,
        items: newestFirst([...feed.waiting, ...feed.items]).slice(0, MAX_SHOWN),
        waiting: [],
        waitingCount: 0,
      };
  }
}

/** What the house says of an infraction replaces what the page knew, except that a hold once seen stays seen. */
function addHistory(feed: Feed, infractions: readonly Infraction[]): Feed {
  const told = new Map(infractions.map((infraction) => [infraction.id, infraction]));
  const items = feed.items.map((item) => {
    const news = told.get(item.infraction.id);
    return news && news.hold !== 'pending' ? { ...item, infraction: news } : item;
  });
  const add = (next: Feed, infraction: Infraction) => addInfraction(next, infraction, null);
  return infractions.reduce(add, { ...feed, items });
}

function addInfraction(feed: Feed, infraction: Infraction, arrivedAtMs: number | null): Feed {
  const same = (item: FeedItem) => item.infraction.id === infraction.id;
  if (feed.items.some(same) || feed.waiting.some(same)) return feed;
  const early = feed.earlyHolds.get(infraction.id);
  const item: FeedItem =
    early === undefined
      ? { infraction, arrivedAtMs, holdMs: null }
      : { infraction: { ...infraction, hold: 'held' }, arrivedAtMs, holdMs: early };
  if (!feed.paused) return { ...feed, items: newestFirst([item, ...feed.items]).slice(0, MAX_SHOWN) };
  return {
    ...feed,
    waiting: [item, ...feed.waiting].slice(0, MAX_WAITING),
    waitingCount: feed.waitingCount + 1,
  };
}

function addHold(feed: Feed, id: string, holdMs: number | null): Feed {
  const place = (item: FeedItem): FeedItem =>
    item.infraction.id === id ? { ...item, infraction: held(item.infraction), holdMs } : item;
  const known = [...feed.items, ...feed.waiting].some((item) => item.infraction.id === id);
  if (known) return { ...feed, items: feed.items.map(place), waiting: feed.waiting.map(place) };
  const kept = [...feed.earlyHolds].slice(-(MAX_EARLY_HOLDS - 1));
  return { ...feed, earlyHolds: new Map([...kept, [id, holdMs]]) };
}

const held = (infraction: Infraction): Infraction =>
  infraction.hold === 'pending' ? { ...infraction, hold: 'held' } : infraction;

const newestFirst = (items: readonly FeedItem[]): readonly FeedItem[] =>
  [...items].sort((a, b) => Date.parse(b.infraction.recordedAt) - Date.parse(a.infraction.recordedAt));
