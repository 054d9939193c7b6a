/** The other vehicles of a window that may have been slow around a moment: few are, and only of those is a path worked out. */
import type { ObservedTrack } from '../encounter/observed-track.ts';
import { eachSight, type KeptBatch, type Samples } from './kept-batch.ts';
import { appendSamples, eachBatch, type Window } from './read-window.ts';

export interface Slowness {
  /** Of the vehicle that is asked about, which is none of the others. */
  readonly except: string;
  readonly belowMps: number;
  /** The moment, as the rules tell time: seconds after the origin. */
  readonly originMs: number;
  readonly second: number;
}

/** A speed is told by the samples around it, and by none further off. ms */
const AROUND_MS = 500;

/** What the speeds of one vehicle say; all in epoch ms. */
interface Pace {
  /** No speeds were given: it may have been slow at any time. */
  untold: boolean;
  /** Its last sample by the moment. */
  seenMs: number;
  /** Its last slow sample by the moment, and its first after it. */
  slowMs: number;
  nextSlowMs: number;
}

/** A vehicle that was not seen by then is left out. */
export function readSlowVehicles(
  kept: readonly KeptBatch[],
  window: Window,
  slowness: Slowness,
): ReadonlyMap<string, ObservedTrack> {
  const vehicles = new Map<string, ObservedTrack>();
  const slow = slowAround(kept, window, slowness);
  if (slow.size === 0) return vehicles;
  eachBatch(kept, window, (entry) => {
    eachSight(entry, (sight, samples) => {
      if (sight.isVehicle && slow.has(sight.track)) appendSamples(vehicles, entry, sight, samples, window);
    });
  });
  return vehicles;
}

function slowAround(kept: readonly KeptBatch[], window: Window, slowness: Slowness): ReadonlySet<string> {
  const paces = new Map<string, Pace>();
  eachBatch(kept, window, (entry) => {
    eachSight(entry, ({ isVehicle, track }, samples) => {
      if (isVehicle && track !== slowness.except) hear(paceIn(paces, track), entry, samples, slowness);
    });
  });
  const slow = new Set<string>();
  for (const [track, { untold, seenMs, slowMs, nextSlowMs }] of paces)
    if (untold || seenMs - slowMs <= AROUND_MS || nextSlowMs - seenMs <= AROUND_MS) slow.add(track);
  return slow;
}

function paceIn(paces: Map<string, Pace>, track: string): Pace {
  const known = paces.get(track);
  if (known) return known;
  const pace = { untold: false, seenMs: -Infinity, slowMs: -Infinity, nextSlowMs: Infinity };
  paces.set(track, pace);
  return pace;
}

/** From its last sample back: a sight without a slow one only tells when the vehicle was seen. */
function hear(
  pace: Pace,
  { numbers, startMs }: KeptBatch,
  { count, dtMs, speedCmps, leastCmps }: Samples,
  { belowMps, originMs, second }: Slowness,
): void {
  if (speedCmps < 0) pace.untold = true;
  const mayBeSlow = speedCmps >= 0 && leastCmps < belowMps * 100;
  for (let k = count - 1; k >= 0; k--) {
    const ms = startMs + (numbers[dtMs + k] as number);
    const isPast = (ms - originMs) / 1000 > second;
    if (!isPast) pace.seenMs = Math.max(pace.seenMs, ms);
    if (!mayBeSlow && !isPast) return;
    if (!mayBeSlow || (numbers[speedCmps + k] as number) >= belowMps * 100) continue;
    if (isPast) pace.nextSlowMs = Math.min(pace.nextSlowMs, ms);
    else pace.slowMs = Math.max(pace.slowMs, ms);
  }
}
