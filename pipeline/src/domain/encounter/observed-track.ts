/** What a camera said of one object over a stretch of time, as columns in its own units. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { PlateToken } from '@wayside/contracts/tokens';

/** How an object looked to the camera. */
export interface Appearance {
  readonly kind: ObjectKind;
  readonly plate: PlateToken | undefined;
  readonly emergency: boolean;
  readonly lengthCm: number | undefined;
  readonly widthCm: number | undefined;
}

/** An appearance over a run of samples. */
export interface Look extends Appearance {
  samples: number;
}

export interface ObservedTrack {
  readonly track: string;
  readonly ms: number[];
  readonly xCm: number[];
  readonly yCm: number[];
  /** Shorter than `ms` where not every sample has one: then none is used. */
  readonly headingMrad: number[];
  readonly speedCmps: number[];
  readonly looks: Look[];
}

export const emptyTrack = (track: string): ObservedTrack => ({
  track,
  ms: [],
  xCm: [],
  yCm: [],
  headingMrad: [],
  speedCmps: [],
  looks: [],
});

export const isComplete = (track: ObservedTrack, column: 'headingMrad' | 'speedCmps'): boolean =>
  track[column].length === track.ms.length;

/** The look that most samples have; the earliest of those where several have as many. */
export function usualLook(track: ObservedTrack): Look {
  let usual = track.looks[0] as Look;
  const counts = new Map<ObjectKind, number>();
  for (const look of track.looks) {
    const count = (counts.get(look.kind) ?? 0) + look.samples;
    counts.set(look.kind, count);
    if (count > (counts.get(usual.kind) ?? 0)) usual = look;
  }
  return usual;
}

/** The plate every reading agrees on. Two readings that differ accuse nobody: the vehicle is unidentified. */
export function agreedPlate(track: ObservedTrack): PlateToken | undefined {
  const plates = new Set(track.looks.map(({ plate }) => plate).filter((plate) => plate !== undefined));
  return plates.size === 1 ? [...plates][0] : undefined;
}

/** Median of what was measured, weighted by samples; undefined where nothing was. Centimetres. */
export function medianSize(track: ObservedTrack, of: 'lengthCm' | 'widthCm'): number | undefined {
  const measured = track.looks
    .map((look) => ({ size: look[of], samples: look.samples }))
    .filter((entry): entry is { size: number; samples: number } => entry.size !== undefined)
    .sort((a, b) => a.size - b.size);
  let left = measured.reduce((sum, { samples }) => sum + samples, 0) / 2;
  for (const { size, samples } of measured) {
    left -= samples;
    if (left <= 0) return size;
  }
  return undefined;
}
