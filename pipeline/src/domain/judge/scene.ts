/** One passage with all that was seen around it: what the rules are asked about. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import { isBeyond } from '../geometry/box.ts';
import { isWithin } from '../geometry/polygon.ts';
import { distanceToPolyline } from '../geometry/polyline.ts';
import { crossingOf, crosswalkGaps, type Crossing } from '../encounter/crossing.ts';
import { extent, indexAt } from '../encounter/motion.ts';
import type { ObservedTrack } from '../encounter/observed-track.ts';
import type { SiteModel } from '../encounter/site-model.ts';
import { ATTENTION_RANGE_METRES, MOVED_METRES } from '../encounter/thresholds.ts';
import { isMotorVehicle, vehiclePath, type VehiclePath } from '../encounter/vehicle-path.ts';
import { walkerPath, type WalkerPath } from '../encounter/walker-path.ts';
import type { EndedPassage } from './passage.ts';
import type { WindowContent } from './read-window.ts';
import type { Setting } from './site-state.ts';

export interface Scene {
  readonly site: SiteModel;
  readonly profile: LawProfile;
  readonly vehicle: VehiclePath;
  /** The vehicle moved at all. */
  readonly moved: boolean;
  /** Gap between footprint and crosswalk at each of its samples. */
  readonly gaps: readonly number[];
  readonly crossing: Crossing | undefined;
  /** The pedestrians of the encounter: near the crosswalk, or in the vehicle's way. */
  readonly walkers: readonly WalkerPath[];
  /** The other motor vehicles that may have been as slow as who gives way around that second. */
  readonly slowAt: (second: number) => readonly VehiclePath[];
  readonly end: EndedPassage['end'];
  readonly framesPerSecond: number | undefined;
  readonly clock: ClockStatus;
}

export interface Seen {
  /** The passage's samples of the vehicle; `content` may hold more of it. */
  readonly own: ObservedTrack;
  readonly content: WindowContent;
  /** Other vehicles that may have been slow around a second. */
  readonly slowAt: (second: number) => ReadonlyMap<string, ObservedTrack>;
}

export function sceneOf(
  { own, content, slowAt }: Seen,
  { passage, end }: EndedPassage,
  { model, profile }: Setting,
): Scene {
  const aim = model.approaches[0] ?? { ux: 1, uy: 0 };
  const vehicle = vehiclePath(own, passage.startMs, aim);
  const gaps = crosswalkGaps(vehicle, model.crosswalk);
  const walkers = [...content.pedestrians.values()].map((track) => walkerPath(track, passage.startMs));
  return {
    site: model,
    profile,
    vehicle,
    moved: extent(vehicle) > MOVED_METRES,
    gaps,
    crossing: crossingOf(vehicle, gaps),
    walkers: walkers.filter((walker) => isConcerned(walker, vehicle, model)),
    slowAt: (second) =>
      [...slowAt(second).values()]
        .map((track) => vehiclePath(track, passage.startMs, aim))
        .filter(isMotorVehicle),
    end,
    framesPerSecond: framesPerSecond(content.frameMs, passage.lastMs),
    clock: content.clock,
  };
}

/** Places this near in time to the last one asked about are not asked about again. Seconds. */
const STRIDE_SECONDS = 0.2;

function isConcerned(walker: WalkerPath, vehicle: VehiclePath, site: SiteModel): boolean {
  const line = { xs: vehicle.x, ys: vehicle.y };
  const reach = ATTENTION_RANGE_METRES + vehicle.widthMetres / 2;
  let next = -Infinity;
  for (let j = 0; j < walker.seconds.length; j++) {
    const second = walker.seconds[j] as number;
    if (second < next) continue;
    next = second + STRIDE_SECONDS;
    const x = walker.x[j] as number;
    const y = walker.y[j] as number;
    if (isWithin(site.crosswalk, x, y, ATTENTION_RANGE_METRES)) return true;
    if (!isBeyond(vehicle.swept, x, y, reach) && distanceToPolyline(line, x, y) <= reach) return true;
  }
  return false;
}

function framesPerSecond(frameMs: readonly number[], untilMs: number): number | undefined {
  const first = frameMs[0];
  const last = indexAt(frameMs, untilMs);
  const lastMs = frameMs[last];
  if (first === undefined || lastMs === undefined || lastMs === first) return undefined;
  return (last * 1000) / (lastMs - first);
}
