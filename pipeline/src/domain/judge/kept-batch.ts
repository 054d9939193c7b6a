/**
 * Batches kept while a passage is open. All the numbers of one stand in a single column of integers and what objects
 * look like is shared from batch to batch, so that a thousand crosswalks are some ten megabytes, not some hundred, and
 * the collector has nothing to walk through.
 */
import {
  classOf,
  type ClockStatus,
  type ObservationMessage,
  type ObservedObject,
} from '@wayside/contracts/observation-batch';
import type { Appearance } from '../encounter/observed-track.ts';

/** One object as it looked in one batch. */
export interface Sight extends Appearance {
  readonly track: string;
  readonly isVehicle: boolean;
}

export interface KeptBatch {
  readonly offset: number;
  readonly messageId: string;
  readonly clock: ClockStatus;
  readonly startMs: number;
  /** Of the first and last frame kept: frames that were late are left out. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly frameCount: number;
  readonly sights: readonly Sight[];
  /**
   * Milliseconds after `startMs` of each frame; then for each sight: how many samples, which columns (HEADING, SPEED), the
   * least speed, and the columns one after the other: milliseconds after `startMs`, x, y and those named.
   */
  readonly numbers: Int32Array;
}

const HEADER = 3;
const HEADING = 1;
const SPEED = 2;

/** The samples of one sight in a kept batch: where their columns begin in `numbers`, -1 for one that was not given. */
export interface Samples {
  readonly count: number;
  readonly dtMs: number;
  readonly xCm: number;
  readonly yCm: number;
  readonly headingMrad: number;
  readonly speedCmps: number;
  /** -1 where no speeds were given. */
  readonly leastCmps: number;
}

/** @param before the batch kept before this one, whose appearances are used again where nothing changed. */
export function keepBatch(
  offset: number,
  message: ObservationMessage,
  firstFrame: number,
  before: KeptBatch | undefined,
): KeptBatch {
  const { frames, objects, clock } = message.data;
  const { startMs, dtMs } = frames;
  const seen = objects.filter(({ frame }) => (frame.at(-1) as number) >= firstFrame);
  return {
    offset,
    messageId: message.id,
    clock: before && sameClock(before.clock, clock) ? before.clock : clock,
    startMs,
    fromMs: startMs + (dtMs[firstFrame] as number),
    toMs: startMs + (dtMs.at(-1) as number),
    frameCount: dtMs.length - firstFrame,
    sights: sightsOf(seen, before?.sights ?? []),
    numbers: numbersOf(dtMs, seen, firstFrame),
  };
}

const sameClock = (a: ClockStatus, b: ClockStatus): boolean =>
  a.state === b.state && a.maxErrorMs === b.maxErrorMs;

/** Objects mostly stand in the order they stood in before: the one looked for is at most this much further on. */
const LOOK_AHEAD = 8;

function sightsOf(objects: readonly ObservedObject[], before: readonly Sight[]): readonly Sight[] {
  let next = 0;
  return objects.map((object) => {
    const end = Math.min(before.length, next + LOOK_AHEAD);
    for (let i = next; i < end; i++) {
      const sight = before[i] as Sight;
      if (!isSame(sight, object)) continue;
      next = i + 1;
      return sight;
    }
    return sightOf(object);
  });
}

const isSame = (sight: Sight, object: ObservedObject): boolean =>
  sight.track === object.track &&
  sight.kind === object.kind &&
  sight.plate === object.plate &&
  sight.emergency === (object.emergency ?? false) &&
  sight.lengthCm === object.lengthCm &&
  sight.widthCm === object.widthCm;

function sightOf({ track, kind, plate, emergency = false, lengthCm, widthCm }: ObservedObject): Sight {
  return { track, isVehicle: classOf(kind) === 'vehicle', kind, plate, emergency, lengthCm, widthCm };
}

function numbersOf(
  dtMs: readonly number[],
  objects: readonly ObservedObject[],
  firstFrame: number,
): Int32Array {
  const numbers = new Int32Array(roomFor(dtMs.length - firstFrame, objects));
  let at = 0;
  for (let f = firstFrame; f < dtMs.length; f++) numbers[at++] = dtMs[f] as number;
  for (const object of objects) at = putObject(numbers, at, dtMs, object, firstFrame);
  return at === numbers.length ? numbers : numbers.slice(0, at);
}

function roomFor(frames: number, objects: readonly ObservedObject[]): number {
  let room = frames;
  for (const { frame, headingMrad, speedCmps } of objects)
    room += HEADER + frame.length * (3 + (headingMrad ? 1 : 0) + (speedCmps ? 1 : 0));
  return room;
}

/** @returns where the next object begins. */
function putObject(
  numbers: Int32Array,
  start: number,
  dtMs: readonly number[],
  { frame, xCm, yCm, headingMrad, speedCmps }: ObservedObject,
  firstFrame: number,
): number {
  let first = 0;
  while ((frame[first] as number) < firstFrame) first++;
  let at = start + HEADER;
  numbers[start] = frame.length - first;
  numbers[start + 1] = (headingMrad ? HEADING : 0) | (speedCmps ? SPEED : 0);
  for (let k = first; k < frame.length; k++) numbers[at++] = dtMs[frame[k] as number] as number;
  at = putColumn(numbers, at, xCm, first);
  at = putColumn(numbers, at, yCm, first);
  if (headingMrad) at = putColumn(numbers, at, headingMrad, first);
  if (speedCmps) at = putColumn(numbers, at, speedCmps, first);
  numbers[start + 2] = speedCmps ? leastOf(speedCmps, first) : -1;
  return at;
}

function putColumn(numbers: Int32Array, start: number, column: readonly number[], first: number): number {
  let at = start;
  for (let k = first; k < column.length; k++) numbers[at++] = column[k] as number;
  return at;
}

function leastOf(column: readonly number[], first: number): number {
  let least = Infinity;
  for (let k = first; k < column.length; k++) least = Math.min(least, column[k] as number);
  return least;
}

/** Visits what a batch saw, in the order of its message. */
export function eachSight(
  { sights, numbers, frameCount }: KeptBatch,
  visit: (sight: Sight, samples: Samples) => void,
): void {
  let at = frameCount;
  for (const sight of sights) {
    const samples = samplesAt(numbers, at);
    visit(sight, samples);
    at = samples.dtMs + samples.count * columnsOf(numbers[at + 1] as number);
  }
}

function samplesAt(numbers: Int32Array, at: number): Samples {
  const count = numbers[at] as number;
  const flags = numbers[at + 1] as number;
  const dtMs = at + HEADER;
  const more = dtMs + 3 * count;
  return {
    count,
    dtMs,
    xCm: dtMs + count,
    yCm: dtMs + 2 * count,
    headingMrad: flags & HEADING ? more : -1,
    speedCmps: flags & SPEED ? more + (flags & HEADING ? count : 0) : -1,
    leastCmps: numbers[at + 2] as number,
  };
}

const columnsOf = (flags: number): number => 3 + (flags & HEADING ? 1 : 0) + (flags & SPEED ? 1 : 0);
