/** From a sighting to what the tracker reports of it, on the site's ground plane. */
import type { SeenObject } from '@wayside/edge/camera/frame-source';
import { groundOf } from '../street/ground.ts';
import type { Random } from '../street/random.ts';
import { opticsOf } from './optics.ts';
import type { Thing } from './scene.ts';
import type { Faults } from './severity.ts';
import type { Track } from './track.ts';
import type { Sighting } from './tracker.ts';

/** How much of a position's error stays from one frame to the next. */
const PERSISTENCE = 0.95;
const FRESH = Math.sqrt(1 - PERSISTENCE ** 2);
/** Shares of the wandering and of the fresh error; their squares add up to one. */
const WANDERING = 0.8;
const JITTER = 0.6;

/** @param rotationRadians how the street lies on the site's ground plane. */
export function reporter(
  faults: Faults,
  rotationRadians: number,
  random: Random,
): (sighting: Sighting, wobbleSeconds: number) => SeenObject {
  const optics = opticsOf(faults, random);
  const ground = groundOf(rotationRadians);

  return ({ track, thing }, wobbleSeconds) => {
    const { u, v } = apparentPlace(track, thing, wobbleSeconds);
    return {
      track: track.id,
      kind: track.kind,
      xMetres: ground.x(u, v),
      yMetres: ground.y(u, v),
      headingRadians: thing.heading + rotationRadians + random.normal(0, faults.headingNoiseRadians),
      speedMps: Math.max(0, thing.speedMps + random.normal(0, faults.speedNoiseMps)),
      ...(track.kind !== 'pedestrian' && vehicleMarks(track, thing)),
    };
  };

  function apparentPlace(track: Track, thing: Thing, wobbleSeconds: number): { u: number; v: number } {
    const moved = thing.speedMps * wobbleSeconds;
    const place = optics.distort(
      thing.u + Math.cos(thing.heading) * moved,
      thing.v + Math.sin(thing.heading) * moved,
    );
    const sigma = optics.sigmaMetres(thing.u, thing.v);
    track.wanderU = PERSISTENCE * track.wanderU + FRESH * random.normal(0, 1);
    track.wanderV = PERSISTENCE * track.wanderV + FRESH * random.normal(0, 1);
    return {
      u: place.u + sigma * (WANDERING * track.wanderU + JITTER * random.normal(0, 1)),
      v: place.v + sigma * (WANDERING * track.wanderV + JITTER * random.normal(0, 1)),
    };
  }
}

const vehicleMarks = (track: Track, thing: Thing): Partial<SeenObject> => ({
  lengthMetres: track.lengthMetres,
  widthMetres: track.widthMetres,
  ...(thing.emergency && { emergency: true }),
  ...(track.plate !== undefined && { plateText: track.plate }),
});
