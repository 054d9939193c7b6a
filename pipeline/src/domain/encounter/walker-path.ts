/** A pedestrian's way through the window, with velocities from its positions. */
import { velocityAt, type Positions } from './motion.ts';
import type { ObservedTrack } from './observed-track.ts';
import { positionsOf } from './vehicle-path.ts';

export interface WalkerPath extends Positions {
  readonly track: string;
  readonly vx: readonly number[];
  readonly vy: readonly number[];
}

/** A step takes about half a second: velocities are taken over somewhat more, so that a gait's sway is not motion. */
const HALF_SECONDS = 0.4;

export function walkerPath(track: ObservedTrack, originMs: number): WalkerPath {
  const positions = positionsOf(track, originMs);
  const vx: number[] = [];
  const vy: number[] = [];
  for (let i = 0; i < positions.x.length; i++) {
    const [x, y] = velocityAt(positions, i, HALF_SECONDS);
    vx.push(x);
    vy.push(y);
  }
  return { ...positions, track: track.track, vx, vy };
}
