/** A vehicle that came near the crosswalk while somebody was on it, and was not seen to drive over it. */
import { distanceToPolygon } from '../../geometry/polygon.ts';
import { footprintGap } from '../../geometry/footprint-overlap.ts';
import { speedsBetween } from '../../encounter/owed.ts';
import { smallest } from '../../encounter/motion.ts';
import { BODY_RADIUS_METRES } from '../../encounter/thresholds.ts';
import { footprintAt } from '../../encounter/vehicle-path.ts';
import type { WalkerPath } from '../../encounter/walker-path.ts';
import type { Scene } from '../scene.ts';
import { clear, undecided, type Ruling } from './ruling.ts';
import { kmh, metres, seconds } from './words.ts';

/** Within this a vehicle has come to the crosswalk, not only past it. Metres. */
const NEAR_METRES = 10;

/** A vehicle that would be on the crosswalk within this time was about to show what it does. Seconds. */
const ABOUT_TO_ENTER_SECONDS = 3;

export interface ApproachRuling {
  readonly ruling: Ruling;
  readonly pedestrianTracks: readonly string[];
  readonly minSpeedMps: number;
  readonly maxSpeedMps: number;
}

/** @returns undefined where it did not come near, or nobody was on the crosswalk then. */
export function ruleApproach(scene: Scene): ApproachRuling | undefined {
  const { vehicle, gaps, walkers, site } = scene;
  const first = gaps.findIndex((gap) => gap <= NEAR_METRES);
  const last = gaps.findLastIndex((gap) => gap <= NEAR_METRES);
  if (first < 0) return undefined;
  const [fromS, toS] = [vehicle.seconds[first] as number, vehicle.seconds[last] as number];
  const onCrosswalk = (walker: WalkerPath): boolean =>
    walker.seconds.some(
      (second, j) =>
        second >= fromS &&
        second <= toS &&
        distanceToPolygon(site.crosswalk, walker.x[j] as number, walker.y[j] as number) <= BODY_RADIUS_METRES,
    );
  const pedestrianTracks = walkers.filter(onCrosswalk).map(({ track }) => track);
  if (pedestrianTracks.length === 0) return undefined;
  const { min, max } = speedsBetween(vehicle, fromS, toS);
  return { ruling: rule(scene, min), pedestrianTracks, minSpeedMps: min, maxSpeedMps: max };
}

function rule(scene: Scene, minSpeedMps: number): Ruling {
  const { profile, gaps, end } = scene;
  const dueS = dueIn(scene);
  if (end !== 'left' && dueS !== undefined)
    return undecided(
      end === 'closed' ? 'recording-ended' : 'track-broken',
      `Nothing more was seen of the vehicle ${seconds(dueS)} before it would have been on the crosswalk.`,
    );
  const nearest = metres(Math.max(0, smallest(gaps)));
  return minSpeedMps < profile.road.thresholds.yieldedMps
    ? clear('gave-way', `The vehicle slowed to ${kmh(minSpeedMps)} and stayed ${nearest} off the crosswalk.`)
    : clear('no-conflict', `The vehicle did not drive over the crosswalk: it stayed ${nearest} off it.`);
}

/** When a vehicle that is still driving would be on the crosswalk; undefined: not soon. */
function dueIn({ vehicle, site, profile }: Scene): number | undefined {
  const footprint = footprintAt(vehicle, vehicle.seconds.length - 1);
  const speed = vehicle.speedMps.at(-1) ?? 0;
  if (speed < profile.road.thresholds.yieldedMps) return undefined;
  for (let ahead = 0; ahead <= ABOUT_TO_ENTER_SECONDS; ahead += 0.1) {
    const x = footprint.x + footprint.ux * speed * ahead;
    const y = footprint.y + footprint.uy * speed * ahead;
    if (footprintGap({ ...footprint, x, y }, site.crosswalk) < 0) return ahead;
  }
  return undefined;
}
