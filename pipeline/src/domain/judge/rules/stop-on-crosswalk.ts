/** Standing on the crosswalk (cn: Implementing Regulations art. 53): not for a pedestrian's sake, and not parked. */
import type { Finding } from '@wayside/contracts/verdict';
import { smoothedBelow } from '../../encounter/motion.ts';
import { USUAL_SIZE_ERROR_METRES } from '../../encounter/sizes.ts';
import type { WalkerPath } from '../../encounter/walker-path.ts';
import type { Scene } from '../scene.ts';
import { cameraFault, firmMetres, vehicleFault } from './evidence-faults.ts';
import { peopleAhead } from './people-ahead.ts';
import { clear, findingOf, infraction, undecided, type Ruling } from './ruling.ts';
import { metres, rounded, seconds } from './words.ts';

export interface StopFinding {
  readonly finding: Finding;
  readonly fromS: number;
}

interface Rest {
  readonly first: number;
  readonly last: number;
}

/** @returns undefined where the vehicle did not stand on it long enough to ask. */
export function stopOnCrosswalk(scene: Scene): StopFinding | undefined {
  const rest = longestRest(scene);
  if (!rest) return undefined;
  const { vehicle, profile } = scene;
  const fromS = vehicle.seconds[rest.first] as number;
  const stoppedSeconds = (vehicle.seconds[rest.last] as number) - fromS;
  if (stoppedSeconds < profile.road.thresholds.stopOnCrosswalkSeconds) return undefined;
  const ahead = new Set<WalkerPath>();
  const ruling = rule(scene, rest, stoppedSeconds, ahead);
  const finding = findingOf('stop-on-crosswalk', ruling, scene, {
    pedestrianTracks: [...ahead].map(({ track }) => track),
    measures: { stoppedSeconds: rounded(stoppedSeconds) },
  });
  return { finding, fromS };
}

/** One noisy speed is not the end of a rest: speeds are taken over so much to each side. Seconds. */
const SMOOTH_SECONDS = 0.5;
/** Nor is a jolt shorter than this. Seconds. */
const JOLT_SECONDS = 1;

/** The longest run of samples at rest with the footprint on the crosswalk. */
function longestRest({ vehicle, gaps, profile }: Scene): Rest | undefined {
  const { stoppedMps } = profile.road.thresholds;
  const times = vehicle.seconds;
  if (!gaps.some((gap) => gap < 0)) return undefined;
  const rests = smoothedBelow(times, vehicle.speedMps, SMOOTH_SECONDS, stoppedMps);
  let longest: Rest | undefined;
  let rest: Rest | undefined;
  for (const [i, gap] of gaps.entries()) {
    if (gap >= 0 || !rests[i]) continue;
    const goesOn = rest && (times[i] as number) - (times[rest.last] as number) <= JOLT_SECONDS;
    rest = { first: rest && goesOn ? rest.first : i, last: i };
    if (!longest || durationOf(times, rest) >= durationOf(times, longest)) longest = rest;
  }
  return longest;
}

/** How far it stood on the crosswalk: the middle of all measurements. */
function depthOf({ gaps }: Scene, { first, last }: Rest): number {
  const inside = gaps.slice(first, last + 1).sort((a, b) => a - b);
  return -(inside[inside.length >> 1] as number);
}

const durationOf = (times: readonly number[], { first, last }: Rest): number =>
  (times[last] as number) - (times[first] as number);

/** @param ahead gathers whom the vehicle stood for. */
function rule(scene: Scene, rest: Rest, stoodSeconds: number, ahead: Set<WalkerPath>): Ruling {
  const { vehicle, moved, profile } = scene;
  const limit = profile.road.thresholds.stopOnCrosswalkSeconds;
  const stood = `The vehicle stood on the crosswalk for ${seconds(stoodSeconds)}`;
  if (!moved) return clear('parked', `${stood} and did not move all the time it was seen: it is parked.`);
  if (vehicle.emergency) return clear('emergency-vehicle', `${stood} and was seen with blue lights.`);
  const alone = longestAlone(scene, rest, ahead);
  if (alone < limit)
    return clear(
      'stopped-for-pedestrian',
      `${stood}, of which no longer than ${seconds(alone)} without a pedestrian ahead of it.`,
    );
  const from = vehicle.seconds[rest.first] as number;
  const to = vehicle.seconds[rest.last] as number;
  const fault = cameraFault(scene) ?? vehicleFault(vehicle, from, to);
  if (fault) return fault;
  const depth = depthOf(scene, rest);
  const firm = firmMetres(scene.site) + (vehicle.sizeMeasured ? 0 : USUAL_SIZE_ERROR_METRES);
  if (depth < firm)
    return undecided(
      'positions-too-uncertain',
      `${stood}, but only by ${metres(depth)}, where positions tell ${metres(firm)}.`,
    );
  if (rest.first === 0)
    return undecided('track-too-short', `${stood}; how it came to stand there was not seen.`);
  return infraction(
    'stood-on-crosswalk',
    `${stood}, ${seconds(alone)} of it with no pedestrian ahead; ${seconds(limit)} may be needed to clear it.`,
  );
}

/** Longest time at rest with nobody ahead. */
function longestAlone({ vehicle, walkers }: Scene, { first, last }: Rest, ahead: Set<WalkerPath>): number {
  let longest = 0;
  let since = vehicle.seconds[first] as number;
  for (let i = first; i <= last; i++) {
    const people = peopleAhead(vehicle, i, walkers);
    for (const walker of people) ahead.add(walker);
    const now = vehicle.seconds[i] as number;
    longest = Math.max(longest, now - since);
    if (people.length > 0) since = now;
  }
  return longest;
}
