/** Things that are not there: a shadow, a reflection, a bag in the wind, each for a moment, mostly near the crosswalk. */
import type { Random } from '../street/random.ts';
import type { StreetPlan } from '../street/plan.ts';
import type { Thing } from './scene.ts';
import type { Faults } from './severity.ts';
import { beginTrack } from './track.ts';
import type { Sighting, Tracker, TrackOwner } from './tracker.ts';

interface Phantom extends Sighting {
  readonly untilSeconds: number;
}

export interface Phantoms {
  readonly see: (nowSeconds: number, sinceSeconds: number) => readonly Sighting[];
}

export function phantomsOf(
  plan: StreetPlan,
  faults: Faults,
  random: Random,
  tracker: Pick<Tracker, 'nextId'>,
  onOwner: (owner: TrackOwner) => void,
): Phantoms {
  let phantoms: Phantom[] = [];
  return {
    see(now, since) {
      if (phantoms.length > 0) phantoms = phantoms.filter(({ untilSeconds }) => now < untilSeconds);
      if (random.chance(faults.phantoms * since)) phantoms.push(begin(now));
      return phantoms;
    },
  };

  function begin(now: number): Phantom {
    const thing = drawThing(plan, random);
    const track = { ...beginTrack(thing, tracker.nextId(), faults, random), key: null };
    onOwner({ track: track.id, pedestrian: track.kind === 'pedestrian', object: null });
    return { thing, track, untilSeconds: now + random.between(0.2, 2.5) };
  }
}

function drawThing(plan: StreetPlan, random: Random): Thing {
  const pedestrian = random.chance(0.6);
  return {
    key: '',
    kind: pedestrian ? 'pedestrian' : 'car',
    u: random.normal(0, pedestrian ? 3 : 12),
    v: random.between(plan.road.minV - 1, plan.road.maxV + 1),
    heading: random.between(-Math.PI, Math.PI),
    speedMps: pedestrian ? random.between(0, 1.5) : random.between(0, 4),
    lengthMetres: pedestrian ? 0.6 : 4.2,
    widthMetres: pedestrian ? 0.6 : 1.8,
    plate: undefined,
    emergency: false,
  };
}
