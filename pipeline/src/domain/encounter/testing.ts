/** Tracks made by hand, for the tests of this folder. */
import { emptyTrack, type ObservedTrack } from './observed-track.ts';
import { vehiclePath, type VehiclePath } from './vehicle-path.ts';
import { walkerPath, type WalkerPath } from './walker-path.ts';

type Way = (second: number) => readonly [x: number, y: number];

export function trackOf(
  name: string,
  kind: 'car' | 'pedestrian',
  way: Way,
  seconds: number,
  hz = 10,
): ObservedTrack {
  const track = emptyTrack(name);
  const count = Math.round(seconds * hz) + 1;
  for (let i = 0; i < count; i++) {
    const [x, y] = way(i / hz);
    track.ms.push(Math.round((i * 1000) / hz));
    track.xCm.push(Math.round(x * 100));
    track.yCm.push(Math.round(y * 100));
  }
  const size = kind === 'car' ? { lengthCm: 460, widthCm: 180 } : { lengthCm: undefined, widthCm: undefined };
  track.looks.push({ kind, plate: undefined, emergency: false, ...size, samples: count });
  return track;
}

export const carOn = (way: Way, seconds = 10): VehiclePath =>
  vehiclePath(trackOf('car', 'car', way, seconds), 0, { ux: 0, uy: 1 });
export const walkerOn = (way: Way, seconds = 10): WalkerPath =>
  walkerPath(trackOf('walker', 'pedestrian', way, seconds), 0);
