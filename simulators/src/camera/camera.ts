/** A camera over a street: what its tracker reports, frame by frame, with the faults of its severity. */
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { Frame } from '@wayside/edge/camera/frame-source';
import { STEP_SECONDS } from '../street/plan.ts';
import { randomStream } from '../street/random.ts';
import type { StreetView } from '../street/street.ts';
import { deviceClock } from './device-clock.ts';
import { mastOf } from './occlusion.ts';
import { phantomsOf } from './phantoms.ts';
import { reporter } from './report.ts';
import { sceneOf } from './scene.ts';
import { faultsOf, type Severity } from './severity.ts';
import { openTracker, type TrackOwner } from './tracker.ts';

export interface CameraOptions {
  readonly severity: Severity;
  readonly seed: number;
  /** True time at which the street's clock stood at zero, ms since the epoch. */
  readonly startMs: number;
  readonly onOwner?: (owner: TrackOwner, timeMs: number) => void;
}

export interface Camera {
  /** To be called after each step of the street. @returns undefined where the frame was dropped. */
  readonly look: () => Frame | undefined;
  readonly clockStatus: () => ClockStatus;
}

export function openCamera(street: StreetView, options: CameraOptions): Camera {
  const { plan } = street;
  const faults = faultsOf(options.severity, plan.light);
  const random = randomStream(options.seed, plan.id, 'camera', options.severity);
  const clock = deviceClock(faults, options.startMs, random);
  const report = reporter(faults, plan.rotationRadians, random);
  const onOwner = (owner: TrackOwner): void => options.onOwner?.(owner, clock.atMs(street.seconds));
  const tracker = openTracker(faults, mastOf(plan), random, onOwner);
  const phantoms = phantomsOf(plan, faults, random, tracker, onOwner);
  let lastMs = -Infinity;

  return {
    look() {
      if (random.chance(faults.droppedFrames)) return undefined;
      const now = street.seconds;
      const wobble = clock.wobbleSeconds();
      const sightings = tracker.see(sceneOf(street), now, STEP_SECONDS);
      const objects = sightings.map((sighting) => report(sighting, wobble));
      for (const phantom of phantoms.see(now, STEP_SECONDS)) objects.push(report(phantom, wobble));
      lastMs = Math.max(lastMs + 1, clock.atMs(now + wobble));
      return { timeMs: lastMs, objects };
    },
    clockStatus: () => clock.status(street.seconds),
  };
}
