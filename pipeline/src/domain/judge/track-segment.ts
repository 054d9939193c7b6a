import type { TrackSegment } from '@wayside/contracts/verdict';
import { isComplete, medianSize, usualLook, type ObservedTrack } from '../encounter/observed-track.ts';

/** The columns a camera gave, as evidence keeps them: nothing smoothed, nothing derived. */
export function trackSegment(track: ObservedTrack): TrackSegment {
  const startMs = track.ms[0] as number;
  const lengthCm = medianSize(track, 'lengthCm');
  const widthCm = medianSize(track, 'widthCm');
  return {
    track: track.track,
    kind: usualLook(track).kind,
    startMs,
    dtMs: track.ms.map((ms) => ms - startMs),
    xCm: track.xCm,
    yCm: track.yCm,
    ...(isComplete(track, 'headingMrad') ? { headingMrad: track.headingMrad } : {}),
    ...(isComplete(track, 'speedCmps') ? { speedCmps: track.speedCmps } : {}),
    ...(lengthCm === undefined ? {} : { lengthCm }),
    ...(widthCm === undefined ? {} : { widthCm }),
  };
}
