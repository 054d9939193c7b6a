/**
 * The site of a DUT clip. The lanes of that campus road are not painted and nobody has surveyed it, so the approaches
 * have none; the tracks are Kalman-filtered from a drone, hence the small positional error.
 */
import type { Site } from '@wayside/contracts/site';
import type { CrosswalkEntry } from './crosswalks.ts';

const ALONG_RADIANS = { x: 0, y: Math.PI / 2 } as const;

export const cameraOfClip = (clip: string): string => `cam-${clip.replaceAll('_', '-')}`;

export function dutSite(entry: CrosswalkEntry): Site {
  const drive = ALONG_RADIANS[entry.vehiclesDriveAlong];
  return {
    schema: 'wayside.site.v1',
    id: entry.clip,
    name: nameOf(entry.clip),
    timeZone: 'Asia/Shanghai',
    drivingSide: 'right',
    devices: [cameraOfClip(entry.clip)],
    crosswalk: entry.crosswalk,
    crossingAxisRadians: ALONG_RADIANS[entry.pedestriansWalkAlong],
    islands: [],
    approaches: [
      { id: 'up', headingRadians: drive, lanes: [] },
      { id: 'down', headingRadians: drive === 0 ? Math.PI : -drive, lanes: [] },
    ],
    attentionMetres: 20,
    positionSigmaMetres: 0.2,
    calibration: { validUntil: null },
    origin: 'recording',
  };
}

/** `intersection_01` → `Intersection 01`. */
function nameOf(clip: string): string {
  const words = clip.replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
