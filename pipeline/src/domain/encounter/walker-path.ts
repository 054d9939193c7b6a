/** A pedestrian's way through the window. Its velocities are always taken from its positions. */
import { velocityAt, type Positions, type Velocity } from './motion.ts';
import type { ObservedTrack } from './observed-track.ts';
import { positionsOf } from './vehicle-path.ts';

export interface WalkerPath extends Positions {
  readonly track: string;
}

export function walkerPath(track: ObservedTrack, originMs: number): WalkerPath {
  const { seconds, x, y } = positionsOf(track, originMs);
  return { seconds, x, y, track: track.track };
}

/** A step takes about half a second: velocities are taken over somewhat more, so that a gait's sway is not motion. */
const HALF_SECONDS = 0.4;

export const walkingAt = (walker: WalkerPath, j: number): Velocity => velocityAt(walker, j, HALF_SECONDS);
