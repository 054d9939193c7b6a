/** A simulated camera as the camera agent sees it: frames at the pace of the wall clock, or a multiple of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, FrameSource } from '@wayside/edge/camera/frame-source';
import { STEP_SECONDS } from '../street/plan.ts';
import type { SimulatedStreet } from './simulated-street.ts';

export interface LiveOptions {
  readonly street: SimulatedStreet;
  /** 1 as on a street, 10 ten times as fast. */
  readonly speed: number;
  /** Seconds of the street after which it ends; Infinity where it does not. */
  readonly durationSeconds: number;
  /** Seconds of the street that have passed already: their frames come at once, as from a camera that had no line. */
  readonly passedSeconds?: number;
  /** Milliseconds, never going back. */
  readonly clock?: () => number;
}

export function liveSource({
  street,
  speed,
  durationSeconds,
  passedSeconds = 0,
  clock = () => performance.now(),
}: LiveOptions): FrameSource {
  return {
    site: street.site,
    frames: (signal) => paced(street, { speed, durationSeconds, passedSeconds, clock, signal }),
  };
}

interface Pace {
  readonly speed: number;
  readonly durationSeconds: number;
  readonly passedSeconds: number;
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

async function* paced(street: SimulatedStreet, pace: Pace): AsyncGenerator<Frame> {
  const { speed, durationSeconds, passedSeconds, clock, signal } = pace;
  const beginMs = clock() - (passedSeconds * 1000) / speed;
  const steps = durationSeconds / STEP_SECONDS;
  for (let step = 1; step <= steps && !signal.aborted; step++) {
    const waitMs = beginMs + (step * STEP_SECONDS * 1000) / speed - clock();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    const frame = street.next();
    if (frame) yield frame;
  }
}
