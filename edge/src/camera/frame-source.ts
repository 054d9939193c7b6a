/** What a tracker hands to the camera agent: its port to whatever sees (a detector, a recording, a simulated street). */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { Site } from '@wayside/contracts/site';

/** One tracked object in one frame, on the site's ground plane. */
export interface SeenObject {
  readonly track: string;
  readonly kind: ObjectKind;
  readonly xMetres: number;
  readonly yMetres: number;
  readonly headingRadians?: number;
  readonly speedMps?: number;
  readonly lengthMetres?: number;
  readonly widthMetres?: number;
  readonly emergency?: boolean;
  /** As read; it becomes a keyed token before it is written anywhere, and never leaves the agent. */
  readonly plateText?: string;
}

export interface Frame {
  /** The device's clock, ms since the epoch. */
  readonly timeMs: number;
  readonly objects: readonly SeenObject[];
}

export interface FrameSource {
  readonly site: Site;
  /** Frames in order of time; ends where the recording ends. */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
}
