/** The signal of a street: fixed times, one group for all vehicles, and people on foot while it is red. */
import type { SignalState } from '@wayside/contracts/signal-phases';
import type { SignalPlan } from './plan.ts';

/** Red before anybody on foot may set out, and before the end of red from when on nobody may. Seconds. */
const CLEARING_SECONDS = 2;
const LAST_STEP_SECONDS = 9;

const cycleOf = ({ greenSeconds, amberSeconds, redSeconds }: SignalPlan): number =>
  greenSeconds + amberSeconds + redSeconds;

/** Seconds into the cycle, which begins with green. */
function into(plan: SignalPlan, seconds: number): number {
  const cycle = cycleOf(plan);
  return (((seconds + plan.offsetSeconds) % cycle) + cycle) % cycle;
}

export function lightAt(plan: SignalPlan, seconds: number): SignalState {
  const at = into(plan, seconds);
  if (at < plan.greenSeconds) return 'green';
  return at < plan.greenSeconds + plan.amberSeconds ? 'amber' : 'red';
}

/** How long it has been red; below 0: it is not. */
export const redFor = (plan: SignalPlan, seconds: number): number =>
  into(plan, seconds) - plan.greenSeconds - plan.amberSeconds;

export function walkersMayGo(plan: SignalPlan, seconds: number): boolean {
  const red = redFor(plan, seconds);
  return red >= CLEARING_SECONDS && red <= plan.redSeconds - LAST_STEP_SECONDS;
}

/** When what is shown next begins. */
export function nextChange(plan: SignalPlan, seconds: number): number {
  const at = into(plan, seconds);
  const { greenSeconds, amberSeconds } = plan;
  const ends = [greenSeconds, greenSeconds + amberSeconds, cycleOf(plan)];
  return seconds - at + (ends.find((end) => end > at + 1e-9) ?? cycleOf(plan));
}
