/** The tracks that kept batches hold of a window of event time. */
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import { emptyTrack, type Look, type ObservedTrack } from '../encounter/observed-track.ts';
import { eachSight, type KeptBatch, type Samples, type Sight } from './kept-batch.ts';

export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the kept batches hold of a window: one vehicle and all pedestrians. */
export interface WindowContent {
  readonly vehicle: ObservedTrack | undefined;
  readonly pedestrians: ReadonlyMap<string, ObservedTrack>;
  /** Time of each frame, with or without objects. */
  readonly frameMs: readonly number[];
  readonly messageIds: readonly string[];
  readonly clock: ClockStatus;
}

/** @param vehicle the track of the vehicle that is asked about. */
export function readWindow(kept: readonly KeptBatch[], window: Window, vehicle: string): WindowContent {
  const vehicles = new Map<string, ObservedTrack>();
  const pedestrians = new Map<string, ObservedTrack>();
  const frameMs: number[] = [];
  const messageIds: string[] = [];
  let clock: ClockStatus = { state: 'synchronised' };
  eachBatch(kept, window, (entry, frames) => {
    for (let f = frames.from; f < frames.to; f++) frameMs.push(entry.startMs + (entry.numbers[f] as number));
    messageIds.push(entry.messageId);
    clock = worseClock(clock, entry.clock);
    eachSight(entry, (sight, samples) => {
      if (!sight.isVehicle) appendSamples(pedestrians, entry, sight, samples, window);
      else if (sight.track === vehicle) appendSamples(vehicles, entry, sight, samples, window);
    });
  });
  return { vehicle: vehicles.get(vehicle), pedestrians, frameMs, messageIds, clock };
}

interface FrameRange {
  readonly from: number;
  readonly to: number;
}

export function eachBatch(
  kept: readonly KeptBatch[],
  window: Window,
  visit: (entry: KeptBatch, frames: FrameRange) => void,
): void {
  for (const entry of kept) {
    if (entry.toMs < window.fromMs || entry.fromMs > window.toMs) continue;
    const frames = framesWithin(entry, window);
    if (frames.from < frames.to) visit(entry, frames);
  }
}

function framesWithin({ numbers, startMs, frameCount }: KeptBatch, window: Window): FrameRange {
  let from = 0;
  let to = frameCount;
  while (from < to && startMs + (numbers[from] as number) < window.fromMs) from++;
  while (to > from && startMs + (numbers[to - 1] as number) > window.toMs) to--;
  return { from, to };
}

export function appendSamples(
  tracks: Map<string, ObservedTrack>,
  { numbers, startMs }: KeptBatch,
  sight: Sight,
  { count, dtMs, xCm, yCm, headingMrad, speedCmps }: Samples,
  window: Window,
): void {
  let from = 0;
  let to = count;
  while (from < to && startMs + (numbers[dtMs + from] as number) < window.fromMs) from++;
  while (to > from && startMs + (numbers[dtMs + to - 1] as number) > window.toMs) to--;
  if (from === to) return;
  const track = trackIn(tracks, sight.track);
  for (let k = from; k < to; k++) {
    track.ms.push(startMs + (numbers[dtMs + k] as number));
    track.xCm.push(numbers[xCm + k] as number);
    track.yCm.push(numbers[yCm + k] as number);
  }
  if (headingMrad >= 0)
    for (let k = from; k < to; k++) track.headingMrad.push(numbers[headingMrad + k] as number);
  if (speedCmps >= 0) for (let k = from; k < to; k++) track.speedCmps.push(numbers[speedCmps + k] as number);
  appendLook(track.looks, sight, to - from);
}

function trackIn(tracks: Map<string, ObservedTrack>, name: string): ObservedTrack {
  const known = tracks.get(name);
  if (known) return known;
  const track = emptyTrack(name);
  tracks.set(name, track);
  return track;
}

function appendLook(looks: Look[], sight: Sight, samples: number): void {
  const last = looks.at(-1);
  const { kind, plate, lengthCm, widthCm, emergency } = sight;
  if (
    last?.kind === kind &&
    last.plate === plate &&
    last.emergency === emergency &&
    last.lengthCm === lengthCm &&
    last.widthCm === widthCm
  )
    last.samples += samples;
  else looks.push({ kind, plate, emergency, lengthCm, widthCm, samples });
}

const CLOCK_ORDER = ['synchronised', 'holdover', 'unsynchronised'] as const;

export function worseClock(a: ClockStatus, b: ClockStatus): ClockStatus {
  const state = CLOCK_ORDER[Math.max(CLOCK_ORDER.indexOf(a.state), CLOCK_ORDER.indexOf(b.state))] ?? b.state;
  if (a.maxErrorMs === undefined && b.maxErrorMs === undefined) return state === a.state ? a : { state };
  return { state, maxErrorMs: Math.max(a.maxErrorMs ?? 0, b.maxErrorMs ?? 0) };
}
