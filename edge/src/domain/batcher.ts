/**
 * Gathers frames to the columns of observation batches. A batch ends where its time is over, where another frame
 * would pass a bound of the contract or of the message size, or where a column could not hold what comes next.
 * Nothing is lost at such an end; a frame with more objects than a message holds goes out as several messages with
 * the same frame time.
 */
import {
  MAX_FRAMES,
  MAX_OBJECTS,
  trackKey,
  type ObservationBatch,
} from '@wayside/contracts/observation-batch';
import type { Frame } from './frame.ts';
import {
  extendColumns,
  fitsColumns,
  observedObject,
  startColumns,
  type ObjectColumns,
  type Sighting,
} from './object-columns.ts';
import { sightingsOf, type FrameFault, type PlateOf } from './sightings.ts';

export type GatheredBatch = Pick<ObservationBatch, 'frames' | 'objects'>;

export interface Batcher {
  /** Time of the first frame of the batch being gathered, undefined where none is. */
  readonly startMs: number | undefined;
  /** Takes one frame. @returns the batches that ended before it, and what of it could not be used */
  add(frame: Frame): { readonly batches: readonly GatheredBatch[]; readonly faults: readonly FrameFault[] };
  /** Ends the batch being gathered. */
  flush(): GatheredBatch | undefined;
}

export interface BatcherOptions {
  /** Span of a batch, at most 60,000. */
  readonly batchMs: number;
  readonly plateOf: PlateOf;
}

/** A frame that comes before its predecessor by more than this means that the clock was set back. */
const CLOCK_STEP_MS = 5000;

/** The last moment a Date can hold. */
const MAX_EPOCH_MS = 8_640_000_000_000_000;

/** Upper bounds of what each takes as JSON, and of their sum; the envelope and the site take less than 1 KiB more. */
const BYTES = { object: 280, observation: 32, frame: 6, batch: 200 * 1024 };

interface Gathering {
  readonly startMs: number;
  readonly dtMs: number[];
  readonly objects: Map<string, ObjectColumns>;
  bytes: number;
}

export function createBatcher({ batchMs, plateOf }: BatcherOptions): Batcher {
  if (!(batchMs > 0 && batchMs <= 60_000)) throw new RangeError('batchMs must be above 0 and at most 60,000');
  let gathering: Gathering | undefined;
  let lastMs = -Infinity;

  const flush = () => {
    const batch = gathering && finished(gathering);
    gathering = undefined;
    return batch;
  };

  return {
    get startMs() {
      return gathering?.startMs;
    },
    flush,
    add(frame) {
      const timeMs = Math.round(frame.timeMs);
      const fault = timeFault(timeMs, lastMs);
      if (fault) return { batches: [], faults: [fault] };
      const { sightings, faults } = sightingsOf(frame, plateOf);
      const batches: GatheredBatch[] = [];
      for (const part of parts(sightings)) {
        if (gathering && !takes(gathering, timeMs, part, batchMs)) batches.push(...some(flush()));
        gathering ??= { startMs: timeMs, dtMs: [], objects: new Map(), bytes: 0 };
        addFrame(gathering, timeMs, part);
      }
      lastMs = timeMs;
      return { batches, faults };
    },
  };
}

const some = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);

function timeFault(timeMs: number, lastMs: number): FrameFault | undefined {
  if (!(timeMs >= 0 && timeMs <= MAX_EPOCH_MS)) return 'frame-time-bad';
  const back = lastMs - timeMs;
  return back >= 0 && back <= CLOCK_STEP_MS ? 'frame-not-later' : undefined;
}

/** At least one part, so that an empty frame is listed too. */
function parts(sightings: readonly Sighting[]): (readonly Sighting[])[] {
  if (sightings.length <= MAX_OBJECTS) return [sightings];
  const count = Math.ceil(sightings.length / MAX_OBJECTS);
  return Array.from({ length: count }, (_, i) => sightings.slice(i * MAX_OBJECTS, (i + 1) * MAX_OBJECTS));
}

function takes(gathering: Gathering, timeMs: number, part: readonly Sighting[], batchMs: number): boolean {
  const dtMs = timeMs - gathering.startMs;
  const lastDtMs = gathering.dtMs.at(-1) ?? -1;
  if (dtMs <= lastDtMs || dtMs >= batchMs || gathering.dtMs.length >= MAX_FRAMES) return false;
  if (gathering.bytes + bytesOf(gathering, part) > BYTES.batch) return false;
  if (gathering.objects.size + newObjects(gathering, part) > MAX_OBJECTS) return false;
  return part.every((sighting) => {
    const columns = gathering.objects.get(trackKey(sighting.kind, sighting.track));
    return columns === undefined || fitsColumns(columns, sighting);
  });
}

const newObjects = ({ objects }: Gathering, part: readonly Sighting[]): number =>
  part.filter(({ kind, track }) => !objects.has(trackKey(kind, track))).length;

const bytesOf = (gathering: Gathering, part: readonly Sighting[]): number =>
  BYTES.frame + part.length * BYTES.observation + newObjects(gathering, part) * BYTES.object;

function addFrame(gathering: Gathering, timeMs: number, part: readonly Sighting[]): void {
  gathering.bytes += bytesOf(gathering, part);
  const frame = gathering.dtMs.push(timeMs - gathering.startMs) - 1;
  for (const sighting of part) {
    const key = trackKey(sighting.kind, sighting.track);
    const columns = gathering.objects.get(key);
    if (columns) extendColumns(columns, sighting, frame);
    else gathering.objects.set(key, startColumns(sighting, frame));
  }
}

const finished = ({ startMs, dtMs, objects }: Gathering): GatheredBatch => ({
  frames: { startMs, dtMs },
  objects: [...objects.values()].map(observedObject),
});
