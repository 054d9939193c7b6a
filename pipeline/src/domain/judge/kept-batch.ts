/** Batches kept while a passage is open, and the tracks read out of them for a window of event time. */
import {
  classOf,
  type ClockStatus,
  type ObservationBatch,
  type ObservationMessage,
  type ObservedObject,
} from '@wayside/contracts/observation-batch';
import { emptyTrack, type Look, type ObservedTrack } from '../encounter/observed-track.ts';

export interface KeptBatch {
  readonly offset: number;
  readonly messageId: string;
  readonly batch: ObservationBatch;
  /** Frames before this one were late and are left out. */
  readonly firstFrame: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export const keepBatch = (offset: number, message: ObservationMessage, firstFrame: number): KeptBatch => {
  const { startMs, dtMs } = message.data.frames;
  return {
    offset,
    messageId: message.id,
    batch: message.data,
    firstFrame,
    fromMs: startMs + (dtMs[firstFrame] as number),
    toMs: startMs + (dtMs.at(-1) as number),
  };
};

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
    const { startMs, dtMs } = entry.batch.frames;
    for (let f = frames.from; f < frames.to; f++) frameMs.push(startMs + (dtMs[f] as number));
    messageIds.push(entry.messageId);
    clock = worseClock(clock, entry.batch.clock);
    for (const object of entry.batch.objects)
      if (classOf(object.kind) === 'pedestrian') appendSamples(pedestrians, entry, object, frames);
      else if (object.track === vehicle) appendSamples(vehicles, entry, object, frames);
  });
  return { vehicle: vehicles.get(vehicle), pedestrians, frameMs, messageIds, clock };
}

/** The other vehicles of a window that may have been slower than `belowMps` at any time. */
export function readSlowVehicles(
  kept: readonly KeptBatch[],
  window: Window,
  except: string,
  belowMps: number,
): ReadonlyMap<string, ObservedTrack> {
  const slow = new Set<string>();
  const isOther = (object: ObservedObject): boolean =>
    classOf(object.kind) === 'vehicle' && object.track !== except;
  eachBatch(kept, window, ({ batch }) => {
    for (const object of batch.objects)
      if (isOther(object) && (object.speedCmps?.some((cmps) => cmps < belowMps * 100) ?? true))
        slow.add(object.track);
  });
  const vehicles = new Map<string, ObservedTrack>();
  if (slow.size === 0) return vehicles;
  eachBatch(kept, window, (entry, frames) => {
    for (const object of entry.batch.objects)
      if (isOther(object) && slow.has(object.track)) appendSamples(vehicles, entry, object, frames);
  });
  return vehicles;
}

function eachBatch(
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

interface FrameRange {
  readonly from: number;
  readonly to: number;
}

function framesWithin({ batch, firstFrame }: KeptBatch, window: Window): FrameRange {
  const { startMs, dtMs } = batch.frames;
  let from = firstFrame;
  let to = dtMs.length;
  while (from < to && startMs + (dtMs[from] as number) < window.fromMs) from++;
  while (to > from && startMs + (dtMs[to - 1] as number) > window.toMs) to--;
  return { from, to };
}

function appendSamples(
  tracks: Map<string, ObservedTrack>,
  { batch }: KeptBatch,
  object: ObservedObject,
  frames: FrameRange,
): void {
  const { startMs, dtMs } = batch.frames;
  const { frame, xCm, yCm, headingMrad, speedCmps } = object;
  let track: ObservedTrack | undefined;
  let samples = 0;
  for (let k = 0; k < frame.length; k++) {
    const f = frame[k] as number;
    if (f < frames.from) continue;
    if (f >= frames.to) break;
    track ??= trackIn(tracks, object.track);
    track.ms.push(startMs + (dtMs[f] as number));
    track.xCm.push(xCm[k] as number);
    track.yCm.push(yCm[k] as number);
    if (headingMrad) track.headingMrad.push(headingMrad[k] as number);
    if (speedCmps) track.speedCmps.push(speedCmps[k] as number);
    samples++;
  }
  if (track) appendLook(track.looks, object, samples);
}

function trackIn(tracks: Map<string, ObservedTrack>, name: string): ObservedTrack {
  const known = tracks.get(name);
  if (known) return known;
  const track = emptyTrack(name);
  tracks.set(name, track);
  return track;
}

function appendLook(looks: Look[], object: ObservedObject, samples: number): void {
  const last = looks.at(-1);
  const { kind, plate, lengthCm, widthCm, emergency = false } = object;
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

function worseClock(a: ClockStatus, b: ClockStatus): ClockStatus {
  const state = CLOCK_ORDER[Math.max(CLOCK_ORDER.indexOf(a.state), CLOCK_ORDER.indexOf(b.state))] ?? b.state;
  if (a.maxErrorMs === undefined && b.maxErrorMs === undefined) return state === a.state ? a : { state };
  return { state, maxErrorMs: Math.max(a.maxErrorMs ?? 0, b.maxErrorMs ?? 0) };
}
