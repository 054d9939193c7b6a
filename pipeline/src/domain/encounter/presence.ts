/** Where a pedestrian was against the place where the way is owed, sample by sample. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { distanceToPolygon } from '../geometry/polygon.ts';
import type { SiteModel } from './site-model.ts';
import { ABOUT_TO_SECONDS, ATTENTION_RANGE_METRES, BODY_RADIUS_METRES } from './thresholds.ts';
import { walkingAt, type WalkerPath } from './walker-path.ts';
import type { Zone } from './zone.ts';

/** Columns beside the walker's samples, signed metres: negative inside. */
export interface Presence {
  /** How far the body is off the crosswalk (or from being about to step on it, where the law counts that). */
  readonly crosswalk: readonly number[];
  readonly zone: readonly number[];
}

export interface PresenceRules {
  readonly owedTo: LawProfile['road']['yield']['owedTo'];
  /** Whether walking into the zone within a step's time counts as being in it. */
  readonly anticipates: boolean;
  /** Nothing later is asked about. Seconds. */
  readonly untilS: number;
}

/** The zone is only asked about on the crosswalk: elsewhere it is infinitely far. */
export function presenceOf(walker: WalkerPath, site: SiteModel, zone: Zone, rules: PresenceRules): Presence {
  const crosswalk: number[] = [];
  const zones: number[] = [];
  const stepsOn = rules.owedTo === 'on-or-about-to-cross';
  for (let j = 0; j < walker.seconds.length; j++) {
    if ((walker.seconds[j] as number) > rules.untilS) break;
    const [x, y] = [walker.x[j] as number, walker.y[j] as number];
    const soon = stepsOn || rules.anticipates ? soonAt(walker, j) : undefined;
    const off = offCrosswalk(site, x, y, stepsOn ? soon : undefined);
    crosswalk.push(off);
    zones.push(off > 0 ? Infinity : zoneAt(zone, x, y, rules.anticipates ? soon : undefined));
  }
  return { crosswalk, zone: zones };
}

type Place = readonly [x: number, y: number];

/** Where somebody will be who walks on. */
function soonAt(walker: WalkerPath, j: number): Place {
  const { vx, vy } = walkingAt(walker, j);
  return [(walker.x[j] as number) + vx * ABOUT_TO_SECONDS, (walker.y[j] as number) + vy * ABOUT_TO_SECONDS];
}

const zoneAt = (zone: Zone, x: number, y: number, soon: Place | undefined): number =>
  soon ? Math.min(zone(x, y), zone(...soon)) : zone(x, y);

function offCrosswalk(site: SiteModel, x: number, y: number, soon: Place | undefined): number {
  const off = distanceToPolygon(site.crosswalk, x, y) - BODY_RADIUS_METRES;
  if (off <= 0 || off > ATTENTION_RANGE_METRES || !soon) return off;
  return Math.min(off, distanceToPolygon(site.crosswalk, ...soon) - BODY_RADIUS_METRES);
}

/** Least of the larger of the two distances over a stretch of time: how firmly somebody was both on it and in the zone. */
export function deepestPresence(
  { seconds }: WalkerPath,
  presence: Presence,
  fromS: number,
  toS: number,
): number {
  let deepest = Infinity;
  for (let j = 0; j < presence.zone.length; j++) {
    const second = seconds[j] as number;
    if (second >= fromS && second <= toS) deepest = Math.min(deepest, presentAt(presence, j));
  }
  return deepest;
}

export const presentAt = ({ crosswalk, zone }: Presence, j: number): number =>
  Math.max(crosswalk[j] as number, zone[j] as number);
