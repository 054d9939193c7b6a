/** A pedestrian's way through the window. Its velocities are always taken from its positions. */
import { velocityAt, type Positions, type Velocity } from './motion.ts';
import type { ObservedTrack } from './observed-track.ts';
import { positionsOf } from './vehicle-path.ts';

export interface WalkerPath extends Positions {
  readonly track: string;
}

export const walkerPath = (track: ObservedTrack, originMs: number): WalkerPath => ({
  ...positionsOf(track, originMs),
  track: track.track,
});

/** A step takes about half a second: velocities are taken over somewhat more, so that a gait's sway is not motion. */
const HALF_SECONDS = 0.4;

export const walkingAt = (walker: WalkerPath, j: number): Velocity => velocityAt(walker, j, HALF_SECONDS);
