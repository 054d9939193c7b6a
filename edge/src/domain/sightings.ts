/** From the objects of one frame to sightings, with a count of what could not be used. */
import { trackKey } from '@wayside/contracts/observation-batch';
import type { PlateToken } from '@wayside/contracts/tokens';
import type { Frame, SeenObject } from './frame.ts';
import type { Sighting } from './object-columns.ts';
import { quantise, type BadValue } from './quantise.ts';

/** `value-…`: one value was left out, the rest was kept; all others: the whole object, or the whole frame. */
export type FrameFault =
  'frame-not-later' | 'frame-time-bad' | 'track-bad' | 'track-twice' | `value-${BadValue}`;

export type PlateOf = (plateText: string) => PlateToken | undefined;

const TRACK = /^[A-Za-z0-9_.-]{1,40}$/;

export function sightingsOf(
  frame: Frame,
  plateOf: PlateOf,
): { readonly sightings: readonly Sighting[]; readonly faults: readonly FrameFault[] } {
  const sightings: Sighting[] = [];
  const faults: FrameFault[] = [];
  const seen = new Set<string>();
  for (const object of frame.objects) {
    const fault = objectFault(object, seen);
    if (fault !== undefined) {
      faults.push(fault);
      continue;
    }
    const { quantised, bad } = quantise(object);
    for (const name of bad) faults.push(`value-${name}`);
    if (quantised === undefined) continue;
    seen.add(trackKey(object.kind, object.track));
    const plate = object.plateText === undefined ? undefined : plateOf(object.plateText);
    sightings.push({
      track: object.track,
      kind: object.kind,
      ...(plate !== undefined && { plate }),
      emergency: object.emergency === true,
      at: quantised,
    });
  }
  return { sightings, faults };
}

function objectFault({ track, kind }: SeenObject, seen: ReadonlySet<string>): FrameFault | undefined {
  if (!TRACK.test(track)) return 'track-bad';
  return seen.has(trackKey(kind, track)) ? 'track-twice' : undefined;
}
