/** Gathers rows, in whatever order they come, into frames in order of time. */
import type { Frame, SeenObject } from '@wayside/edge/camera/frame-source';
import { trackKey } from '@wayside/contracts/observation-batch';

/** Longest run of frames without any row that is taken for an empty street rather than a pause of the recording. */
const MAX_EMPTY_FRAMES = 1500;

interface Slot {
  readonly objects: SeenObject[];
  readonly keys: Set<string>;
}

export interface FrameBuilder {
  /** @returns false where the object already stands in that frame. */
  readonly add: (frame: number, object: SeenObject) => boolean;
  readonly frames: () => readonly Frame[];
}

/**
 * @param timeOf device time of a frame number, ms since the epoch; strictly increasing.
 * @param numbered whether frames are numbered 1, 2, 3 …: those without objects are then given too, for the camera was
 * running.
 */
export function frameBuilder(timeOf: (frame: number) => number, numbered: boolean): FrameBuilder {
  const slots = new Map<number, Slot>();
  return {
    add(frame, object) {
      const slot = slots.get(frame) ?? { objects: [], keys: new Set() };
      slots.set(frame, slot);
      const key = trackKey(object.kind, object.track);
      if (slot.keys.has(key)) return false;
      slot.keys.add(key);
      slot.objects.push(object);
      return true;
    },
    frames() {
      const numbers = [...slots.keys()].sort((a, b) => a - b);
      return (numbered ? withEmptyFrames(numbers) : numbers).map((frame) => ({
        timeMs: timeOf(frame),
        objects: slots.get(frame)?.objects ?? [],
      }));
    },
  };
}

function withEmptyFrames(numbers: readonly number[]): readonly number[] {
  const all: number[] = [];
  let previous: number | undefined;
  for (const frame of numbers) {
    const gap = previous === undefined ? 0 : frame - previous - 1;
    if (previous !== undefined && gap <= MAX_EMPTY_FRAMES)
      for (let empty = previous + 1; empty < frame; empty++) all.push(empty);
    all.push(frame);
    previous = frame;
  }
  return all;
}
