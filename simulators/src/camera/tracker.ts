/**
 * What a tracker makes of what is there: tracks that begin, break, change owners and run together, and some of nothing.
 * It tells who really is behind each track, for the truth file.
 */
import type { Random } from '../street/random.ts';
import { isHidden, type Mast } from './occlusion.ts';
import type { Thing } from './scene.ts';
import type { Faults } from './severity.ts';
import { beginTrack, type Track } from './track.ts';

export interface Sighting {
  readonly track: Track;
  readonly thing: Thing;
}

/** From this moment the track shows this thing; null: nothing that is there. */
export interface TrackOwner {
  readonly track: string;
  readonly pedestrian: boolean;
  readonly object: string | null;
}

export interface Tracker {
  /** One numbering for all classes, because a person may be taken for a bicycle. */
  readonly nextId: () => string;
  readonly see: (things: readonly Thing[], nowSeconds: number, sinceSeconds: number) => readonly Sighting[];
}

/** A track unseen for so long is given up; what comes back is a new one. */
const FORGOTTEN_SECONDS = 1;
const ARMS_LENGTH_METRES = 1.2;

export function openTracker(
  faults: Faults,
  mast: Mast,
  random: Random,
  onOwner: (owner: TrackOwner) => void,
): Tracker {
  const tracks = new Map<string, Track>();
  let lastId = 0;

  return {
    nextId,
    see(things, now, since) {
      const sightings: Sighting[] = [];
      for (const thing of things) {
        const hidden = faults.occluded > 0 && isHidden(mast, thing, things) && random.chance(faults.occluded);
        if (hidden || random.chance(faults.missed)) continue;
        const track = trackOf(thing, now, since);
        track.lastSeenSeconds = now;
        if (now >= track.mergedUntilSeconds) sightings.push({ track, thing });
      }
      confuseNeighbours(sightings, now, since);
      forget(now);
      return sightings;
    },
  };

  function trackOf(thing: Thing, now: number, since: number): Track {
    const known = tracks.get(thing.key);
    const broken = known !== undefined && random.chance(faults.splits * since);
    if (known && !broken && now - known.lastSeenSeconds <= FORGOTTEN_SECONDS) return known;
    const track = beginTrack(thing, nextId(), faults, random);
    tracks.set(thing.key, track);
    onOwner({ track: track.id, pedestrian: track.kind === 'pedestrian', object: thing.key });
    return track;
  }

  function nextId(): string {
    return String(++lastId);
  }

  function confuseNeighbours(sightings: readonly Sighting[], now: number, since: number): void {
    if (faults.switches === 0 && faults.merges === 0) return;
    for (const [i, first] of sightings.entries())
      for (const second of sightings.slice(i + 1)) {
        if (!areClose(first, second)) continue;
        if (random.chance(faults.switches * since)) exchange(first, second);
        if (first.track.kind === 'pedestrian' && random.chance(faults.merges * since))
          second.track.mergedUntilSeconds = now + random.between(0.5, 3);
      }
  }

  function exchange(first: Sighting, second: Sighting): void {
    [first.track.id, second.track.id] = [second.track.id, first.track.id];
    for (const { track } of [first, second])
      onOwner({ track: track.id, pedestrian: track.kind === 'pedestrian', object: track.key });
  }

  function forget(now: number): void {
    for (const [key, track] of tracks)
      if (now - track.lastSeenSeconds > FORGOTTEN_SECONDS) tracks.delete(key);
  }
}

/** Bodies of people, or bumpers of vehicles, within arm's length. */
function areClose(first: Sighting, second: Sighting): boolean {
  if ((first.track.kind === 'pedestrian') !== (second.track.kind === 'pedestrian')) return false;
  const bodies =
    first.track.kind === 'pedestrian' ? 0 : (first.thing.lengthMetres + second.thing.lengthMetres) / 2;
  const du = Math.max(0, Math.abs(first.thing.u - second.thing.u) - bodies);
  return Math.hypot(du, first.thing.v - second.thing.v) < ARMS_LENGTH_METRES;
}
