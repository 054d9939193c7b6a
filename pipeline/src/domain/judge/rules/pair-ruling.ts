/** Did the driver give way to this pedestrian? The heart of it: whoever is not plainly guilty here is not accused. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { distanceToPolygon } from '../../geometry/polygon.ts';
import { indexAt } from '../../encounter/motion.ts';
import type { Meeting } from '../../encounter/meeting.ts';
import type { Pair, Passing } from '../../encounter/pair.ts';
import { touchOf } from '../../encounter/touch.ts';
import { walkingAt } from '../../encounter/walker-path.ts';
import { BODY_RADIUS_METRES, MINIMUM_APPROACH_SECONDS } from '../../encounter/thresholds.ts';
import type { Scene } from '../scene.ts';
import {
  cameraFault,
  firmMetres,
  firmSeconds,
  firmPetSeconds,
  speedFault,
  vehicleFault,
  walkerFault,
} from './evidence-faults.ts';
import { clear, infraction, undecided, type Ruling } from './ruling.ts';
import { kmh, mps2, seconds } from './words.ts';

export interface PairCase {
  readonly scene: Scene;
  readonly passing: Passing;
  readonly pair: Pair;
}

export function rulePair(of: PairCase): Ruling {
  const { pair, scene } = of;
  const { meeting, deepestMetres, walker } = pair;
  const { maxPetSeconds } = scene.profile.road.thresholds;
  if (deepestMetres > 0) return ruleNotOwed(of);
  if (scene.vehicle.emergency)
    return clear('emergency-vehicle', 'The vehicle was seen with blue lights: it need not wait.');
  const fault = cameraFault(scene);
  if (fault) return fault;
  if (!meeting || meeting.petSeconds > maxPetSeconds) return ruleApart(of);
  if (meeting.petSeconds < 0)
    return undecided(
      'positions-too-uncertain',
      `Vehicle and pedestrian ${walker.track} seem to have been in one place at once: a collision, or a ` +
        `tracker's error. A person must look.`,
    );
  return meeting.firstThrough === 'pedestrian'
    ? rulePedestrianFirst(of, meeting)
    : ruleVehicleFirst(of, meeting);
}

function ruleNotOwed({ pair, scene }: PairCase): Ruling {
  const { meeting, walker } = pair;
  if (meeting?.firstThrough === 'pedestrian' && slowed(pair, scene.profile))
    return clear(
      'gave-way',
      `The vehicle slowed to ${kmh(pair.minSpeedMps)} and came onto the crosswalk when pedestrian ${walker.track} was through.`,
    );
  if (meeting?.firstThrough === 'vehicle' && pair.deepestMetres <= firmMetres(scene.site)) {
    const { clearPetSeconds } = scene.profile.road.thresholds;
    if (meeting.petSeconds < clearPetSeconds && !scene.vehicle.emergency)
      return undecided(
        'positions-too-uncertain',
        `The vehicle went ahead of pedestrian ${walker.track}, who was off where the way is owed by less than two standard ` +
          `deviations of a position.`,
      );
  }
  if (meeting && meeting.petSeconds <= scene.profile.road.thresholds.maxPetSeconds)
    return clear(
      'pedestrian-not-owed',
      `Pedestrian ${walker.track} was not where the way is owed while the vehicle passed.`,
    );
  return clear('no-conflict', `Pedestrian ${walker.track} and the vehicle did not meet.`);
}

/** Their ways did not come together in time: did the pedestrian wait because the vehicle would not? */
function ruleApart(of: PairCase): Ruling {
  const { pair, scene, passing } = of;
  const { walker } = pair;
  if (slowed(pair, scene.profile))
    return clear(
      'gave-way',
      `The vehicle came no faster than ${kmh(pair.minSpeedMps)} to the pedestrians' way.`,
    );
  if (pair.meeting?.firstThrough === 'pedestrian')
    return clear('no-conflict', `Pedestrian ${walker.track} was through long before the vehicle came.`);
  const aim = aimAt(of);
  if (aim === 'elsewhere')
    return clear('no-conflict', `Pedestrian ${walker.track} was not walking into the vehicle's way.`);
  const lastSeenS = walker.seconds.at(-1) as number;
  if (aim === 'into-the-way' && lastSeenS < passing.toS)
    return scene.end === 'closed'
      ? undecided('recording-ended', `The recording ends before pedestrian ${walker.track} reaches the way.`)
      : undecided('track-broken', `The track of pedestrian ${walker.track} ends before the vehicle's way.`);
  return undecided(
    'pedestrian-intent-unclear',
    `Pedestrian ${walker.track} was where the way is owed, but whether waiting to cross or not cannot be seen; ` +
      `the vehicle did not slow (${kmh(pair.minSpeedMps)}).`,
  );
}

/** Slower than this somebody stands. m/s. */
const STANDING_MPS = 0.25;
const LOOK_AHEAD_SECONDS = 0.25;

function aimAt({ pair, scene, passing }: PairCase): 'into-the-way' | 'standing' | 'elsewhere' {
  const { walker } = pair;
  const atS = Math.min(Math.max(pair.conflictS, passing.fromS), walker.seconds.at(-1) as number);
  const j = Math.max(0, indexAt(walker.seconds, atS));
  const { vx, vy } = walkingAt(walker, j);
  if (Math.hypot(vx, vy) < STANDING_MPS) return 'standing';
  const { maxPetSeconds } = scene.profile.road.thresholds;
  for (let ahead = 0; ahead <= maxPetSeconds; ahead += LOOK_AHEAD_SECONDS) {
    const [x, y] = [(walker.x[j] as number) + vx * ahead, (walker.y[j] as number) + vy * ahead];
    if (touchOf(scene.vehicle, x, y)) return 'into-the-way';
  }
  return 'elsewhere';
}

const slowed = ({ minSpeedMps }: Pair, { road }: LawProfile): boolean =>
  minSpeedMps < road.thresholds.yieldedMps;

function rulePedestrianFirst({ pair, scene }: PairCase, meeting: Meeting): Ruling {
  const { walker } = pair;
  const firm = firmPetSeconds(scene.site, pair.pedestrianSpeedMps, pair.speedThereMps);
  const ahead = `Pedestrian ${walker.track} went first, ${seconds(meeting.petSeconds)} ahead of the vehicle`;
  if (slowed(pair, scene.profile))
    return clear('gave-way', `${ahead}, which had slowed to ${kmh(pair.minSpeedMps)}.`);
  if (meeting.petSeconds < firm)
    return undecided(
      'close-call',
      `Pedestrian ${walker.track} and the vehicle were at one place ${seconds(meeting.petSeconds)} apart, too close to tell ` +
        `who was first; the vehicle did not slow (${kmh(pair.minSpeedMps)}).`,
    );
  return clear('no-conflict', `${ahead}.`);
}

function ruleVehicleFirst(of: PairCase, meeting: Meeting): Ruling {
  const { pair, scene } = of;
  const { thresholds } = scene.profile.road;
  const ahead =
    `The vehicle went first, ${seconds(meeting.petSeconds)} ahead of pedestrian ${pair.walker.track}, ` +
    `who was on the crosswalk where the way is owed`;
  const crept = slowed(pair, scene.profile);
  const apart = meeting.petSeconds >= thresholds.clearPetSeconds;
  if (apart && crept) return clear('gave-way', `${ahead}, having slowed to ${kmh(pair.minSpeedMps)}.`);
  const unable = ruleUnable(of);
  if (unable?.outcome === 'clear') return unable;
  if (apart)
    return undecided(
      'close-call',
      `${ahead}: more than the ${seconds(thresholds.clearPetSeconds)} below which a driver clearly went ahead, ` +
        `less than the ${seconds(thresholds.maxPetSeconds)} above which the two did not interfere.`,
    );
  if (crept)
    return undecided(
      'close-call',
      `${ahead}, but at ${kmh(pair.minSpeedMps)}, slower than the ${kmh(thresholds.yieldedMps)} at which it is taken to ` +
        `be giving way.`,
    );
  return thinEvidence(of, meeting) ?? unable ?? ruleAhead(of, meeting);
}

function thinEvidence({ pair, scene, passing }: PairCase, meeting: Meeting): Ruling | undefined {
  const { site, vehicle, profile } = scene;
  const approachS = pair.conflictS - pair.approachSeenSeconds;
  if (pair.deepestMetres > -firmMetres(site))
    return undecided(
      'positions-too-uncertain',
      `Pedestrian ${pair.walker.track} was where the way is owed by less than two standard deviations of a position.`,
    );
  const offMetres = distanceToPolygon(site.crosswalk, meeting.x, meeting.y) - BODY_RADIUS_METRES;
  if (offMetres > 0)
    return undecided(
      'pedestrian-intent-unclear',
      `Pedestrian ${pair.walker.track} left the crosswalk before coming to the vehicle's way.`,
    );
  if (offMetres > -firmMetres(site))
    return undecided(
      'positions-too-uncertain',
      `The way of pedestrian ${pair.walker.track} meets the vehicle's so near the edge of the crosswalk that it may be off it.`,
    );
  const firm = firmPetSeconds(site, pair.pedestrianSpeedMps, pair.speedThereMps);
  if (meeting.petSeconds + firm >= profile.road.thresholds.clearPetSeconds)
    return undecided(
      'positions-too-uncertain',
      `The vehicle went ${seconds(meeting.petSeconds)} ahead of pedestrian ${pair.walker.track}, which the positions ` +
        `tell to ±${seconds(firm)}; below ${seconds(profile.road.thresholds.clearPetSeconds)} it would clearly have gone ahead.`,
    );
  if (pair.approachSeenSeconds < MINIMUM_APPROACH_SECONDS)
    return undecided(
      'track-too-short',
      `The vehicle was seen for ${seconds(pair.approachSeenSeconds)} before it came to the pedestrian's way.`,
    );
  return (
    vehicleFault(vehicle, approachS, Math.max(passing.toS, meeting.vehicleOutS)) ??
    walkerFault(pair.walker, pair.owed?.atS ?? approachS, meeting.pedestrianS) ??
    speedFault(vehicle, approachS, pair.conflictS)
  );
}

/** Whether the driver could have stopped when the way became owed. @returns undefined where it could. */
function ruleUnable(of: PairCase): Ruling | undefined {
  const { pair, scene } = of;
  const { owed, requiredDecelerationMps2: required, walker } = pair;
  const limit = scene.profile.road.thresholds.comfortableDecelerationMps2;
  if (!owed || required === undefined)
    return undecided('track-too-short', 'When the way became owed was not seen.');
  if (required <= limit) return ruleUnsureWhen(of, owed.firmlyAtS);
  const stop = Number.isFinite(required)
    ? `only have stopped by braking with ${mps2(required)}`
    : 'not have stopped';
  if (!owed.seen)
    return undecided(
      'track-too-short',
      `From where the tracks begin the driver could ${stop} (up to ${mps2(limit)} may be asked); what ` +
        `could be done before was not seen.`,
    );
  const early = firmSeconds(scene.site, pair);
  if (required <= 2 * limit && pair.requiredFrom(owed.atS - early) <= limit)
    return undecided(
      'positions-too-uncertain',
      `When pedestrian ${walker.track} came, the driver could ${stop} (up to ${mps2(limit)} may be asked); ${seconds(early)} ` +
        `earlier it would have been less, and the positions tell no better when that was.`,
    );
  return clear(
    'could-not-have-stopped',
    owed.atS >= pair.conflictS
      ? `Pedestrian ${walker.track} came when the vehicle was in the way already.`
      : `When pedestrian ${walker.track} came, the driver could ${stop}; up to ${mps2(limit)} may be asked.`,
  );
}

/** The driver could have stopped had the way been owed as soon as it may have been. Also had it been as late as that? */
function ruleUnsureWhen({ pair, scene }: PairCase, firmlyAtS: number): Ruling | undefined {
  const limit = scene.profile.road.thresholds.comfortableDecelerationMps2;
  if (pair.requiredFrom(firmlyAtS) <= limit) return undefined;
  return undecided(
    'positions-too-uncertain',
    `Pedestrian ${pair.walker.track} may have been waiting at the edge until it was too late for the driver to stop: the ` +
      `positions tell no better.`,
  );
}

function ruleAhead({ pair, scene }: PairCase, meeting: Meeting): Ruling {
  const { thresholds, yield: duty } = scene.profile.road;
  return infraction(
    'went-ahead-of-pedestrian',
    `Passed ${seconds(meeting.petSeconds)} ahead of pedestrian ${pair.walker.track}, who was on the crosswalk ` +
      `(${duty.geometry}), at ${kmh(pair.speedThereMps)} and never slower than ${kmh(pair.minSpeedMps)} in the ` +
      `${seconds(pair.approachSeenSeconds)} before; less than ${seconds(thresholds.clearPetSeconds)} is clearly ahead, ` +
      `slower than ${kmh(thresholds.yieldedMps)} would be giving way; could have stopped with ` +
      `${mps2(pair.requiredDecelerationMps2 ?? 0)} (up to ${mps2(thresholds.comfortableDecelerationMps2)} may be asked).`,
  );
}
