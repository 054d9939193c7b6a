/** The camera's own clock: off by a little, and getting worse. */
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { Random } from '../street/random.ts';
import type { Faults } from './severity.ts';

export interface DeviceClock {
  readonly atMs: (trueSeconds: number) => number;
  /** What the device itself can know: bounds, not the error. */
  readonly status: (trueSeconds: number) => ClockStatus;
  /** How far a frame's moment is off the beat. */
  readonly wobbleSeconds: () => number;
}

const MOST_WOBBLE_SECONDS = 0.04;
const PPM = 1e-6;
/** A device that knows itself to be off by more has lost its time server. */
const SYNCHRONISED_MS = 1000;

/** @param startMs true time at zero seconds. */
export function deviceClock(faults: Faults, startMs: number, random: Random): DeviceClock {
  const offsetMs = random.normal(0, faults.offsetMs);
  const drift = random.normal(0, faults.driftPpm) * PPM;
  return {
    atMs: (seconds) => Math.round(startMs + offsetMs + seconds * 1000 * (1 + drift)),
    status(seconds) {
      const boundMs = 3 * (faults.offsetMs + faults.driftPpm * PPM * 1000 * seconds);
      return {
        state: boundMs > SYNCHRONISED_MS ? 'holdover' : 'synchronised',
        maxErrorMs: Math.ceil(boundMs) + 1,
      };
    },
    wobbleSeconds() {
      if (faults.wobbleMs === 0) return 0;
      const seconds = random.normal(0, faults.wobbleMs) / 1000;
      return Math.min(MOST_WOBBLE_SECONDS, Math.max(-MOST_WOBBLE_SECONDS, seconds));
    },
  };
}
