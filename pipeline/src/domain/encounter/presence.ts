/** Where a pedestrian was against the place where the way is owed, sample by sample. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { distanceToPolygon } from '../geometry/polygon.ts';
import { indexAt } from './motion.ts';
import type { SiteModel } from './site-model.ts';
import { ABOUT_TO_SECONDS, ATTENTION_RANGE_METRES, BODY_RADIUS_METRES, FIRM_SIGMAS } from './thresholds.ts';
import { walkingAt, type WalkerPath } from './walker-path.ts';
import type { Zones } from './zone.ts';

/** Signed metres, negative inside, at a sample of the walker's; measured when first asked for. */
export interface Presence {
  /** Samples that may be asked about. */
  readonly count: number;
  /** How far the body is off the vehicle's part of the crosswalk (or from being about to step on it, where the law counts that). */
  readonly crosswalk: (j: number) => number;
  /** The zone is only asked about on the crosswalk: elsewhere it is infinitely far. */
  readonly zone: (j: number) => number;
  /** Whether somebody was present, or may have been as far as positions tell. */
  readonly mayBe: (j: number) => boolean;
  /** Whether somebody was present beyond what positions leave in doubt. */
  readonly firmly: (j: number) => boolean;
}

export interface PresenceRules {
  readonly owedTo: LawProfile['road']['yield']['owedTo'];
  /** Whether walking into the zone within a step's time counts as being in it. */
  readonly anticipates: boolean;
  /** Nothing later is asked about. Seconds. */
  readonly untilS: number;
}

export function presenceOf(
  walker: WalkerPath,
  site: SiteModel,
  zones: Zones,
  rules: PresenceRules,
): Presence {
  const stepsOn = rules.owedTo === 'on-or-about-to-cross';
  const { owed: zone, part } = zones;
  const slackMetres = FIRM_SIGMAS * site.positionSigmaMetres;
  const crosswalk = remembered((j) =>
    Math.max(
      offCrosswalk(site, walker, j, stepsOn),
      site.parts.length > 1 ? part(walker.x[j] as number, walker.y[j] as number) : -Infinity,
    ),
  );
  const zoneAt = (j: number): number => zoneDistance(zone, walker, j, rules.anticipates);
  return {
    count: indexAt(walker.seconds, rules.untilS) + 1,
    crosswalk,
    zone: remembered((j) => (crosswalk(j) > 0 ? Infinity : zoneAt(j))),
    mayBe: (j) => crosswalk(j) <= slackMetres && zoneAt(j) <= slackMetres,
    firmly: (j) => crosswalk(j) <= -slackMetres && zoneAt(j) <= -slackMetres,
  };
}

function remembered(measure: (j: number) => number): (j: number) => number {
  const known: (number | undefined)[] = [];
  return (j) => (known[j] ??= measure(j));
}

function zoneDistance(zone: Zones['owed'], walker: WalkerPath, j: number, anticipates: boolean): number {
  const now = zone(walker.x[j] as number, walker.y[j] as number);
  if (!anticipates) return now;
  const soon = soonAt(walker, j);
  return Math.min(now, zone(soon.x, soon.y));
}

function offCrosswalk({ crosswalk }: SiteModel, walker: WalkerPath, j: number, stepsOn: boolean): number {
  const off = distanceToPolygon(crosswalk, walker.x[j] as number, walker.y[j] as number) - BODY_RADIUS_METRES;
  if (off <= 0 || off > ATTENTION_RANGE_METRES || !stepsOn) return off;
  const soon = soonAt(walker, j);
  return Math.min(off, distanceToPolygon(crosswalk, soon.x, soon.y) - BODY_RADIUS_METRES);
}

/** Where somebody will be who walks on. */
function soonAt(walker: WalkerPath, j: number): { readonly x: number; readonly y: number } {
  const { vx, vy } = walkingAt(walker, j);
  return {
    x: (walker.x[j] as number) + vx * ABOUT_TO_SECONDS,
    y: (walker.y[j] as number) + vy * ABOUT_TO_SECONDS,
  };
}

/** Least of the larger of the two distances over a stretch of time: how firmly somebody was both on it and in the zone. */
export function deepestPresence(
  { seconds }: WalkerPath,
  presence: Presence,
  fromS: number,
  toS: number,
): number {
  let deepest = Infinity;
  for (let j = Math.max(0, indexAt(seconds, fromS)); j < presence.count; j++) {
    const second = seconds[j] as number;
    if (second > toS) break;
    if (second >= fromS) deepest = Math.min(deepest, presentAt(presence, j));
  }
  return deepest;
}

export const presentAt = (presence: Presence, j: number): number =>
  Math.max(presence.crosswalk(j), presence.zone(j));
