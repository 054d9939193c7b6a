/** A simulated signal controller as the signal agent sees it: what its programme changes, at the pace of the street. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from '@wayside/contracts/site';
import type { ChangeSource, SignalChange } from '@wayside/edge/signal/change-source';
import type { SignalPlan } from '../street/plan.ts';
import { lightAt, nextChange } from '../street/signal-programme.ts';
import { SIGNAL_GROUP } from '../street/site-of-plan.ts';

export interface ControllerOptions {
  readonly site: Site;
  readonly programme: SignalPlan;
  /** True time at which the street's clock stood at zero. */
  readonly zeroMs: number;
  /** How long the street has been busy when the controller is first heard. */
  readonly fromSeconds: number;
  readonly durationSeconds: number;
  readonly speed: number;
  /** Milliseconds, never going back. */
  readonly clock?: () => number;
}

/** So often it says that nothing changed. Seconds of the street. */
const WORD_SECONDS = 0.5;
/** It is heard from before the camera: who passes first must have been seen against a known light. Seconds. */
const LEAD_SECONDS = 10;

export const controllerSource = (options: ControllerOptions): ChangeSource => ({
  site: options.site,
  changes: (signal) => told(options, signal),
});

async function* told(options: ControllerOptions, signal: AbortSignal): AsyncGenerator<SignalChange> {
  const { programme, zeroMs, fromSeconds, durationSeconds, speed, clock = () => performance.now() } = options;
  const at = (seconds: number): number => zeroMs + Math.round(seconds * 1000);
  const change = (seconds: number): SignalChange => ({
    timeMs: at(seconds),
    group: SIGNAL_GROUP,
    state: lightAt(programme, seconds + 1e-6),
  });
  const beginMs = clock();
  let seconds = fromSeconds - LEAD_SECONDS;
  yield change(seconds);
  while (seconds < fromSeconds + durationSeconds && !signal.aborted) {
    const changes = nextChange(programme, seconds);
    const word = seconds + WORD_SECONDS;
    seconds = Math.min(changes, word);
    const waitMs = beginMs + ((seconds - fromSeconds) * 1000) / speed - clock();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    yield changes <= word ? change(changes) : { timeMs: at(seconds) };
  }
}
