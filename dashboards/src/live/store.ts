/** What the live stream has told, for React to read. Changes are announced at most some ten times a second. */
import type { LiveEvent } from '@wayside/contracts/http';
import { emptyFeed, reduceFeed, type Feed, type FeedAction } from './feed.ts';
import { addSample } from './latency.ts';
import { countVerdict, type MinuteCounts } from './minutes.ts';
import type { LineState } from './pulse.ts';
import { createStreetHub, type StreetHub } from './street-hub.ts';

export interface LiveState {
  readonly line: LineState;
  readonly startedMs: number;
  readonly lastSignalMs: number | undefined;
  readonly feed: Feed;
  readonly holdTimesMs: readonly number[];
  readonly minutes: MinuteCounts;
  /** Counts up with each device event: ask for the devices again. */
  readonly deviceNews: number;
  /** Counts up with each break or gap that is over: ask for everything again. */
  readonly resumed: number;
}

export interface LiveStore {
  readonly get: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly street: StreetHub;
  readonly dispatch: (action: FeedAction) => void;
  readonly takeEvent: (event: LiveEvent) => void;
  readonly takeSignal: () => void;
  readonly takeLine: (line: LineState) => void;
  readonly takeGap: () => void;
  /** Asks for the street of one site. */
  readonly watch: (site: string) => void;
  readonly onWatch: (watcher: (site: string) => void) => void;
}

const ANNOUNCE_EVERY_MS = 80;

export function createLiveStore(clock: () => number): LiveStore {
  const street = createStreetHub();
  const listeners = new Set<() => void>();
  let state = firstState(clock());
  let watcher: (site: string) => void = () => undefined;
  let broken = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const announce = () => {
    timer = undefined;
    for (const listener of listeners) listener();
  };
  const change = (next: LiveState) => {
    state = next;
    timer ??= setTimeout(announce, ANNOUNCE_EVERY_MS);
  };
  return {
    street,
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: (action) => {
      state = { ...state, feed: reduceFeed(state.feed, action) };
      announce();
    },
    takeEvent: (event) => {
      if (event.kind === 'street') street.addSnapshot(event, clock());
      else change(withEvent(state, event, clock()));
      if (event.kind === 'infraction') street.addAlert(event.infraction, clock());
    },
    takeSignal: () => change({ ...state, lastSignalMs: clock() }),
    watch: (site) => watcher(site),
    onWatch: (next) => {
      watcher = next;
    },
    takeLine: (line) => {
      const over = line === 'open' && broken;
      if (line !== 'connecting') broken = line === 'broken';
      change({ ...state, line, resumed: state.resumed + (over ? 1 : 0) });
    },
    takeGap: () => change({ ...state, resumed: state.resumed + 1 }),
  };
}

const firstState = (nowMs: number): LiveState => ({
  line: 'connecting',
  startedMs: nowMs,
  lastSignalMs: undefined,
  feed: emptyFeed,
  holdTimesMs: [],
  minutes: new Map(),
  deviceNews: 0,
  resumed: 0,
});

function withEvent(
  state: LiveState,
  event: Exclude<LiveEvent, { kind: 'street' }>,
  nowMs: number,
): LiveState {
  switch (event.kind) {
    case 'infraction':
      return { ...state, feed: reduceFeed(state.feed, { ...event, arrivedAtMs: nowMs }) };
    case 'hold':
      return withHold(state, event.infractionId, event.detectionToHoldMs);
    case 'verdict':
      return { ...state, minutes: countVerdict(state.minutes, event.outcome, event.occurredAt) };
    case 'device':
      return { ...state, deviceNews: state.deviceNews + 1 };
  }
}

const withHold = (state: LiveState, infractionId: string, holdMs: number | null): LiveState => ({
  ...state,
  feed: reduceFeed(state.feed, { kind: 'hold', infractionId, holdMs }),
  holdTimesMs: holdMs === null ? state.holdTimesMs : addSample(state.holdTimesMs, holdMs),
});
