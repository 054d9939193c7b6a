/** What makes evidence too thin to accuse anybody with, whatever it seems to show. */
import type { SiteModel } from '../../encounter/site-model.ts';
import { wayBetween, type Positions } from '../../encounter/motion.ts';
import type { Pair } from '../../encounter/pair.ts';
import { FIRM_SIGMAS } from '../../encounter/thresholds.ts';
import type { VehiclePath } from '../../encounter/vehicle-path.ts';
import type { Scene } from '../scene.ts';
import { undecided, type Ruling } from './ruling.ts';
import { metres, seconds } from './words.ts';

/** The clock of an approved device may be off by ten seconds (UK SI 2022/71). */
const MAX_CLOCK_ERROR_MS = 10_000;

/** A hole longer than this, while it matters, may hide another vehicle under the same name. Seconds. */
const MAX_HOLE_SECONDS = 0.6;

/** What a camera as a whole was not good enough for. */
export function cameraFault({ site, clock, framesPerSecond, profile }: Scene): Ruling | undefined {
  const least = profile.road.thresholds.minimumFramesPerSecond;
  if (framesPerSecond === undefined || framesPerSecond < least)
    return undecided(
      'frame-rate-too-low',
      `${(framesPerSecond ?? 0).toFixed(1)} frames a second were recorded; the law profile asks for ${least}.`,
    );
  if (clock.maxErrorMs !== undefined && clock.maxErrorMs > MAX_CLOCK_ERROR_MS)
    return undecided('clock-not-trusted', `The clock may have been off by ${clock.maxErrorMs / 1000} s.`);
  if (clock.state === 'unsynchronised' && clock.maxErrorMs === undefined && site.origin === 'camera')
    return undecided('clock-not-trusted', 'The clock was not synchronised and its error is unknown.');
  return undefined;
}

/** Holes and jumps of the vehicle's track between two seconds. */
export function vehicleFault(vehicle: VehiclePath, fromS: number, toS: number): Ruling | undefined {
  const fault = trackFault(vehicle, fromS, toS, 1.5 * medianOf(vehicle.speedMps), 1.5);
  return fault === undefined ? undefined : undecided('track-broken', `The vehicle's track ${fault}.`);
}

/** A runner makes 5 m/s; what is faster is another person under the same name. */
export function walkerFault(walker: Positions, fromS: number, toS: number): Ruling | undefined {
  const fault = trackFault(walker, fromS, toS, 5, 1);
  return fault === undefined ? undefined : undecided('track-broken', `The pedestrian's track ${fault}.`);
}

function trackFault(
  { seconds: times, x, y }: Positions,
  fromS: number,
  toS: number,
  plausibleMps: number,
  slackMetres: number,
): string | undefined {
  for (let i = 1; i < times.length; i++) {
    const before = times[i - 1] as number;
    const now = times[i] as number;
    if (now < fromS || before > toS) continue;
    if (now - before > MAX_HOLE_SECONDS) return `has a hole of ${seconds(now - before)}`;
    const jump = Math.hypot((x[i] as number) - (x[i - 1] as number), (y[i] as number) - (y[i - 1] as number));
    if (jump > slackMetres + plausibleMps * (now - before)) return `jumps by ${metres(jump)}`;
  }
  return undefined;
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Speeds the camera gives must agree with the way covered, or neither can be believed. */
export function speedFault(vehicle: VehiclePath, fromS: number, toS: number): Ruling | undefined {
  const { seconds: times, speedMps } = vehicle;
  let claimed = 0;
  let [first, last] = [toS, fromS];
  for (let i = 1; i < times.length; i++) {
    const before = times[i - 1] as number;
    const now = times[i] as number;
    if (before < fromS || now > toS) continue;
    claimed += ((speedMps[i - 1] as number) + (speedMps[i] as number)) * 0.5 * (now - before);
    first = Math.min(first, before);
    last = now;
  }
  if (last <= first) return undefined;
  const covered = wayBetween(vehicle, first, last);
  if (Math.abs(claimed - covered) <= Math.max(0.5, 0.3 * Math.max(claimed, covered))) return undefined;
  return undecided(
    'positions-too-uncertain',
    `The speeds given add up to ${metres(claimed)} where the positions cover ${metres(covered)}.`,
  );
}

/** Two standard deviations of a position: what a distance must exceed to be sure. */
export const firmMetres = (site: SiteModel): number => FIRM_SIGMAS * site.positionSigmaMetres;

/** When somebody on foot came to a place is told no better than this. Seconds. */
export const firmSeconds = (
  site: SiteModel,
  { pedestrianSpeedMps }: Pick<Pair, 'pedestrianSpeedMps'>,
): number => Math.min(MOST_FIRM_SECONDS, firmMetres(site) / Math.max(SLOW_MPS, pedestrianSpeedMps));

const SLOW_MPS = 0.3;
const MOST_FIRM_SECONDS = 0.5;

/** Two standard deviations of a PET whose two positions are each off by the site's sigma. Seconds. */
export function firmPetSeconds(site: SiteModel, pedestrianMps: number, vehicleMps: number): number {
  const share = Math.hypot(1 / Math.max(SLOW_MPS, pedestrianMps), 1 / Math.max(SLOW_MPS, vehicleMps));
  return FIRM_SIGMAS * site.positionSigmaMetres * share;
}
