/** Which object of the street a camera's track showed, and when: tracks are exchanged, split and taken over. */
import type { FootageTrack } from '@wayside/contracts/footage';

export interface TrueOwners {
  readonly add: (line: FootageTrack) => void;
  /** @returns null where the track showed nothing that is there; undefined where it is not known. */
  readonly vehicleAt: (track: string, ms: number) => string | null | undefined;
}

export function trueOwners(): TrueOwners {
  const shown = new Map<string, FootageTrack[]>();
  return {
    add(line) {
      if (line.class !== 'vehicle') return;
      const lines = shown.get(line.track);
      if (lines) lines.push(line);
      else shown.set(line.track, [line]);
    },
    vehicleAt(track, ms) {
      const lines = shown.get(track);
      return (lines?.findLast(({ fromMs }) => fromMs <= ms) ?? lines?.[0])?.object;
    },
  };
}
