/** What a vehicle's signal showed around the moment at which it passed its stop line, and how well that moment is known. */
import type { RedLightTerms } from '@wayside/contracts/law-signals';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import { linePassingOf, type LinePassing } from '../../encounter/line-passing.ts';
import { FIRM_SIGMAS } from '../../encounter/thresholds.ts';
import type { Scene } from '../scene.ts';
import type { Phase, Phases } from '../signals/phases.ts';

export type LookUpPhases = (
  group: string,
  window: { readonly fromMs: number; readonly toMs: number },
) => Phases;

export interface LightCase {
  readonly passing: LinePassing;
  /** When the offence, if it is one, was complete; undefined: the vehicle did not go so far. */
  readonly completeS: number | undefined;
  readonly phases: Phases;
  /** How far the moment of passing may be off, to either side; undefined: a clock's error is not known. Seconds. */
  readonly firmSeconds: number | undefined;
  /** What was shown then, the moment's uncertainty included. */
  readonly shown: readonly Phase[];
  readonly toMs: (second: number) => number;
}

/** Phases are looked up so far back; a longer red is "at least" as long. */
const LOOK_BACK_MS = 10_000;
/** A moment known less well than this is not known. */
export const MOST_FIRM_SECONDS = 3;
const DEFAULT_CLOCK_ERROR_MS = 500;

/** @returns undefined where it passed no signalled line. */
export function lightCaseOf(scene: Scene, originMs: number, lookUp: LookUpPhases): LightCase | undefined {
  const { site, vehicle, profile, crossing } = scene;
  if (site.signalled.length === 0) return undefined;
  const passing = linePassingOf(vehicle, site);
  if (!passing) return undefined;
  const terms = profile.road.redLight;
  const toMs = (second: number): number => originMs + second * 1000;
  const completeS =
    terms?.completeAt === 'crosswalk' ? crossing?.enterS : Math.max(passing.atS, passing.clearlyPastS);
  const last = Math.max(passing.atS, completeS ?? passing.atS) + MOST_FIRM_SECONDS;
  const phases = lookUp(passing.approach.group, {
    fromMs: toMs(passing.atS - MOST_FIRM_SECONDS) - LOOK_BACK_MS,
    toMs: toMs(last),
  });
  const firmSeconds = firmOf(passing, scene.clock, phases.record.clock, terms);
  const within = firmSeconds ?? MOST_FIRM_SECONDS;
  const shown = between(phases.list, toMs(passing.atS - within), toMs(passing.atS + within));
  return { passing, completeS, phases, firmSeconds, shown, toMs };
}

/** The place at the profile's coverage factor, and all that the two clocks may be apart. */
function firmOf(
  { sigmaSeconds }: LinePassing,
  camera: ClockStatus,
  controller: ClockStatus | null,
  terms: RedLightTerms | undefined,
): number | undefined {
  const mostMs = terms?.maxClockErrorMs ?? DEFAULT_CLOCK_ERROR_MS;
  const [one, other] = [errorMs(camera, mostMs), errorMs(controller, mostMs)];
  if (one === undefined || other === undefined || one + other > mostMs) return undefined;
  const seconds = (terms?.coverageFactor ?? FIRM_SIGMAS) * sigmaSeconds + (one + other) / 1000;
  return seconds > MOST_FIRM_SECONDS ? undefined : seconds;
}

function errorMs(clock: ClockStatus | null, mostMs: number): number | undefined {
  if (clock?.maxErrorMs !== undefined) return clock.maxErrorMs;
  return clock?.state === 'synchronised' ? mostMs / 2 : undefined;
}

/** The phases that touch a stretch of time. */
export const between = (list: readonly Phase[], fromMs: number, toMs: number): readonly Phase[] =>
  list.filter((phase) => phase.fromMs <= toMs && phase.toMs > fromMs);
