/** One simulated street with its camera and, where asked for, the truth about it. */
import type { Frame } from '@wayside/edge/camera/frame-source';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { Site } from '@wayside/contracts/site';
import { openCamera } from '../camera/camera.ts';
import { FAULTS, type Severity } from '../camera/severity.ts';
import type { StreetPlan } from '../street/plan.ts';
import { siteOfPlan } from '../street/site-of-plan.ts';
import { openStreet, runFor } from '../street/street.ts';
import { lineRecorder, type TrueLine } from '../truth/line-truth.ts';
import { truthRecorder } from '../truth/recorder.ts';
import type { TrueEncounter } from '../truth/truth-line.ts';

/** From this moment the camera's track shows this object of the truth; null: nothing that is there. */
export interface TrueTrack {
  readonly kind: 'track';
  readonly site: string;
  readonly track: string;
  readonly class: 'vehicle' | 'pedestrian';
  readonly object: string | null;
  readonly fromMs: number;
}

export type TruthLine = TrueEncounter | TrueTrack;

export interface SimulatedStreetOptions {
  readonly plan: StreetPlan;
  readonly seed: number;
  readonly severity: Severity;
  /** When the camera starts to look, ms since the epoch. */
  readonly startMs: number;
  /** How long the street has been busy by then; a minute where absent. */
  readonly warmUpSeconds?: number;
  readonly onTruth?: (line: TruthLine) => void;
  /** Of streets with a signal. */
  readonly onLine?: (line: TrueLine) => void;
}

export interface SimulatedStreet {
  readonly site: Site;
  /** True time at which the street's clock stood at zero. */
  readonly zeroMs: number;
  /** Goes on by a tenth of a second. @returns what the camera made of it; undefined where it dropped the frame. */
  readonly next: () => Frame | undefined;
  readonly clockStatus: () => ClockStatus;
}

const WARM_UP_SECONDS = 60;

export function simulateStreet(options: SimulatedStreetOptions): SimulatedStreet {
  const { plan, seed, severity, warmUpSeconds = WARM_UP_SECONDS, onTruth, onLine } = options;
  const street = openStreet(plan, seed);
  const zeroMs = options.startMs - Math.round(warmUpSeconds * 1000);
  const recorder = onTruth && truthRecorder(street, zeroMs);
  const lines = onLine && plan.signal && lineRecorder(street, plan.signal, zeroMs);
  runFor(street, warmUpSeconds, () => {
    recorder?.observe();
    lines?.observe();
  });
  const camera = openCamera(street, {
    severity,
    seed,
    startMs: zeroMs,
    ...(onTruth && {
      onOwner: ({ track, pedestrian, object }, fromMs) =>
        onTruth({
          kind: 'track',
          site: plan.id,
          track,
          class: pedestrian ? 'pedestrian' : 'vehicle',
          object,
          fromMs,
        }),
    }),
  });
  return {
    site: siteOfPlan(plan, believedSigma(severity)),
    zeroMs,
    clockStatus: camera.clockStatus,
    next() {
      street.step();
      for (const encounter of recorder?.observe() ?? []) onTruth?.(encounter);
      for (const line of lines?.observe() ?? []) onLine?.(line);
      return camera.look();
    },
  };
}

/** What a calibration would have found: noise and homography together, to the centimetre. */
function believedSigma(severity: Severity): number {
  const { noiseMetres, calibration } = FAULTS[severity];
  return Math.max(0.05, Math.round(Math.hypot(noiseMetres, calibration * 20) * 100) / 100);
}
