/** The three key moments of an encounter as pictures from above, drawn from the recorded paths. */
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { Site } from '@wayside/contracts/site';
import type { TrackSegment } from '@wayside/contracts/verdict';
import { drawing, type DrawnObject } from './moment-drawing.ts';
import { placeAt, viewOf } from './moment-view.ts';

export type MomentName = 'approach' | 'entry' | 'exit';

export interface MomentPicture {
  readonly moment: MomentName;
  readonly atMs: number;
  /** Of the vehicle in question. */
  readonly speedMps: number | undefined;
  readonly svg: string;
}

/** @returns those moments that the recording holds; none for a report from a train. */
export function keyMoments(body: EvidenceBody): readonly MomentPicture[] {
  const { verdict, site, tracks } = body;
  if (verdict.kind !== 'encounter' || !site) return [];
  const vehicle = tracks.find(({ track, kind }) => track === verdict.vehicle.track && kind !== 'pedestrian');
  if (!vehicle) return [];
  const { approachMs, entryMs, exitMs } = verdict.moments;
  const moments = (
    [
      ['approach', approachMs],
      ['entry', entryMs],
      ['exit', exitMs],
    ] as const
  ).flatMap(([moment, atMs]) => (atMs === undefined ? [] : [{ moment, atMs }]));
  return drawn(body, site, vehicle, moments);
}

interface Moment {
  readonly moment: MomentName;
  readonly atMs: number;
}

function drawn(
  { tracks, finding }: EvidenceBody,
  site: Site,
  vehicle: TrackSegment,
  moments: readonly Moment[],
): readonly MomentPicture[] {
  const placed = moments.flatMap((moment) => {
    const place = placeAt(vehicle, moment.atMs);
    return place ? [{ ...moment, place }] : [];
  });
  const view = viewOf(
    site,
    placed.map(({ place }) => place.at),
  );
  const decisive = finding.pedestrianTracks[0];
  return placed.map(({ moment, atMs, place }) => {
    const objects = tracks.flatMap((track) => {
      const at = placeAt(track, atMs);
      return at ? [{ track, place: at, role: roleOf(track, vehicle, decisive) }] : [];
    });
    return { moment, atMs, speedMps: place.speedMps, svg: drawing(site, view, objects) };
  });
}

function roleOf(
  track: TrackSegment,
  vehicle: TrackSegment,
  decisive: string | undefined,
): DrawnObject['role'] {
  if (track === vehicle) return 'flagged';
  return track.kind === 'pedestrian' && track.track === decisive ? 'decisive' : 'other';
}
