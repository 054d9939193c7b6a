/** Where a pedestrian was against the place where the way is owed, sample by sample. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { distanceToPolygon } from '../geometry/polygon.ts';
import type { SiteModel } from './site-model.ts';
import { ABOUT_TO_SECONDS, ATTENTION_RANGE_METRES, BODY_RADIUS_METRES } from './thresholds.ts';
import type { WalkerPath } from './walker-path.ts';
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
}

export function presenceOf(walker: WalkerPath, site: SiteModel, zone: Zone, rules: PresenceRules): Presence {
  const crosswalk: number[] = [];
  const zones: number[] = [];
  for (let j = 0; j < walker.seconds.length; j++) {
    const [x, y] = [walker.x[j] as number, walker.y[j] as number];
    const soonX = x + (walker.vx[j] as number) * ABOUT_TO_SECONDS;
    const soonY = y + (walker.vy[j] as number) * ABOUT_TO_SECONDS;
    const here = zone(x, y);
    zones.push(rules.anticipates ? Math.min(here, zone(soonX, soonY)) : here);
    crosswalk.push(offCrosswalk(site, x, y, rules.owedTo === 'on-crosswalk' ? undefined : [soonX, soonY]));
  }
  return { crosswalk, zone: zones };
}

function offCrosswalk(
  site: SiteModel,
  x: number,
  y: number,
  soon: readonly [number, number] | undefined,
): number {
  const off = distanceToPolygon(site.crosswalk, x, y) - BODY_RADIUS_METRES;
  if (off <= 0 || off > ATTENTION_RANGE_METRES || !soon) return off;
  return Math.min(off, distanceToPolygon(site.crosswalk, ...soon) - BODY_RADIUS_METRES);
}

/** Least of the larger of the two distances over a stretch of time: how firmly somebody was both on it and in the zone. */
export function deepestPresence(walker: WalkerPath, presence: Presence, fromS: number, toS: number): number {
  let deepest = Infinity;
  for (const [j, second] of walker.seconds.entries())
    if (second >= fromS && second <= toS) deepest = Math.min(deepest, presentAt(presence, j));
  return deepest;
}

export const presentAt = ({ crosswalk, zone }: Presence, j: number): number =>
  Math.max(crosswalk[j] as number, zone[j] as number);
