/** What a tracker hands to the camera agent: its port to whatever sees (a detector, a recording, a simulated street). */
import type { Site } from '@wayside/contracts/site';
import type { Frame } from '../domain/frame.ts';

export type { Frame, SeenObject } from '../domain/frame.ts';

export interface FrameSource {
  readonly site: Site;
  /** Frames in order of time; ends where the recording ends. */
  frames(signal: AbortSignal): AsyncIterable<Frame>;
}
