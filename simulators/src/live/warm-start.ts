/** Finds a moment of a street's life shortly before something happens on it, so that a fresh page has something to show. */
import type { StreetPlan } from '../street/plan.ts';
import { openStreet, type Street } from '../street/street.ts';
import { lineRecorder } from '../truth/line-truth.ts';
import { truthRecorder } from '../truth/recorder.ts';

const WARM_SECONDS = 60;
const LOOK_AHEAD_SECONDS = 900;

/**
 * Runs the same street ahead: it is deterministic, so what it shows will happen.
 * @param leadSeconds how long before the outcome of the first infraction is certain.
 * @returns how long the street must have run; a minute where nothing happens in its first quarter of an hour.
 */
export function warmUpSecondsBefore(plan: StreetPlan, seed: number, leadSeconds: number): number {
  const street = openStreet(plan, seed);
  const happens = watchFor(street);
  while (street.seconds < LOOK_AHEAD_SECONDS) {
    street.step();
    const found = happens();
    if (found && street.seconds - leadSeconds > WARM_SECONDS) return street.seconds - leadSeconds;
  }
  return WARM_SECONDS;
}

/** What a street is shown for: somebody who does not give way; before a signal, somebody who runs it. */
function watchFor(street: Street): () => boolean {
  const { signal } = street.plan;
  if (signal) {
    const lines = lineRecorder(street, signal, 0);
    return () =>
      lines.observe().some(({ redLight, redSeconds }) => redLight === 'infraction' && (redSeconds ?? 0) > 1);
  }
  const truth = truthRecorder(street, 0);
  return () => truth.observe().some(({ failToYield }) => failToYield['lane-and-half'] === 'infraction');
}
