/**
 * Follows vehicles through the batches of one site: opens, extends, cuts and ends passages.
 *
 * What is kept of a site: the batches since the oldest passage that is not yet judged. A standing vehicle is cut every
 * CUT_EVERY_MS once it has stood STOOD_MS, a moving one at most at every second hard boundary, and after
 * `keptObservations` it ends in any case; so a site keeps some 50 s of batches beside a parked car, minutes at the worst.
 */
import {
  classOf,
  countObservations,
  type ObservationBatch,
  type ObservedObject,
} from '@wayside/contracts/observation-batch';
import { isWithin } from '../geometry/polygon.ts';
import { MOVED_METRES } from '../encounter/thresholds.ts';
import { eachSight, type KeptBatch } from './kept-batch.ts';
import {
  boundaryBetween,
  cutKind,
  GAP_MS,
  HARD_CUT_AGE_MS,
  STOOD_MS,
  type Passage,
  type PassageEnd,
} from './passage.ts';
import { castShadow } from './shadow.ts';
import type { SiteState } from './site-state.ts';

/** Takes a batch in. Its frames from `firstFrame` on are all later than any before. */
export function follow(
  state: SiteState,
  entry: KeptBatch,
  batch: ObservationBatch,
  firstFrame: number,
): void {
  endOversized(state, entry.offset);
  state.kept.push(entry);
  const news = { entry, dtMs: batch.frames.dtMs, firstFrame, countedBefore: state.counted };
  state.counted += 1 + countObservations(batch);
  for (const object of batch.objects)
    if (classOf(object.kind) === 'vehicle') followVehicle(state, news, object);
  endSilent(state, entry.toMs);
}

interface News {
  readonly entry: KeptBatch;
  readonly dtMs: readonly number[];
  readonly firstFrame: number;
  readonly countedBefore: number;
}

function followVehicle(
  state: SiteState,
  { entry, dtMs, firstFrame, countedBefore }: News,
  { track, frame, xCm, yCm }: ObservedObject,
): void {
  const { startMs } = entry;
  const { crosswalk, attentionMetres } = state.setting.model;
  let passage = state.open.get(track);
  for (let k = 0; k < frame.length; k++) {
    const f = frame[k] as number;
    if (f < firstFrame) continue;
    const ms = startMs + (dtMs[f] as number);
    const inside = isWithin(crosswalk, (xCm[k] as number) / 100, (yCm[k] as number) / 100, attentionMetres);
    let resumeFrom = entry.offset;
    if (passage) {
      const end = endBefore(state, passage, ms, inside);
      if (end?.kind === 'cut') resumeFrom = end.resumeFrom;
      if (end) {
        endPassage(state, passage, end.kind);
        passage = undefined;
      } else passage.lastMs = ms;
    }
    if (passage || !inside) continue;
    passage = { track, startMs: ms, lastMs: ms, resumeFrom, countedBefore };
    state.open.set(track, passage);
  }
}

type End = { readonly kind: 'silent' | 'left' } | { readonly kind: 'cut'; readonly resumeFrom: number };

/** Whether an open passage is over as the vehicle's next sample comes. */
function endBefore(state: SiteState, passage: Passage, ms: number, inside: boolean): End | undefined {
  if (ms - passage.lastMs > GAP_MS) return { kind: 'silent' };
  if (!inside) return { kind: 'left' };
  const boundaryMs = boundaryBetween(passage.lastMs, ms);
  return boundaryMs === undefined ? undefined : cutAt(state, passage, boundaryMs);
}

/**
 * A cut is decided by what the vehicle did shortly before the boundary. A reader who begins with the last sample before
 * that time therefore finds the same cut: it is where the passage after the cut resumes from.
 */
function cutAt(state: SiteState, passage: Passage, boundaryMs: number): End | undefined {
  const kind = cutKind(passage, boundaryMs);
  if (!kind) return undefined;
  if (kind === 'if-stood' && !hasStood(state.kept, passage, boundaryMs)) return undefined;
  const neededMs = boundaryMs - (kind === 'hard' ? HARD_CUT_AGE_MS : STOOD_MS);
  return { kind: 'cut', resumeFrom: lastSeenBy(state.kept, passage, neededMs) };
}

function hasStood(kept: readonly KeptBatch[], { track }: Passage, boundaryMs: number): boolean {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const entry of kept) {
    if (entry.toMs < boundaryMs - STOOD_MS) continue;
    eachSample(entry, track, (ms, x, y) => {
      if (ms < boundaryMs - STOOD_MS || ms >= boundaryMs) return;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [low, high] = [Math.min(low, y), Math.max(high, y)];
    });
  }
  return Math.hypot(right - left, high - low) <= MOVED_METRES * 100;
}

/** Offset of the batch with the vehicle's last sample at or before a time its passage has reached. */
function lastSeenBy(kept: readonly KeptBatch[], { track, resumeFrom }: Passage, byMs: number): number {
  for (const entry of kept.toReversed()) {
    if (entry.fromMs > byMs) continue;
    let firstMs = Infinity;
    eachSample(entry, track, (ms) => (firstMs = Math.min(firstMs, ms)));
    if (firstMs <= byMs) return entry.offset;
  }
  return resumeFrom;
}

function eachSample(
  entry: KeptBatch,
  track: string,
  visit: (ms: number, xCm: number, yCm: number) => void,
): void {
  const { startMs, numbers } = entry;
  eachSight(entry, (sight, { count, dtMs, xCm, yCm }) => {
    if (!sight.isVehicle || sight.track !== track) return;
    for (let k = 0; k < count; k++)
      visit(startMs + (numbers[dtMs + k] as number), numbers[xCm + k] as number, numbers[yCm + k] as number);
  });
}

/** Passages that hold too much end here. What follows must be read from this message on, or from before them. */
function endOversized(state: SiteState, offset: number): void {
  for (const passage of state.open.values()) {
    if (state.counted - passage.countedBefore <= state.limits.keptObservations) continue;
    castShadow(state, { after: passage.resumeFrom, upTo: offset - 1 });
    endPassage(state, passage, 'closed');
  }
}

function endSilent(state: SiteState, nowMs: number): void {
  for (const passage of state.open.values())
    if (nowMs - passage.lastMs > GAP_MS) endPassage(state, passage, 'silent');
}

export function endPassage(state: SiteState, passage: Passage, end: PassageEnd): void {
  state.open.delete(passage.track);
  state.ended.push({ passage, end });
}
