/**
 * Passing the stop line on red (cn: Implementing Regulations art. 38). The time since red began is held against the profile's
 * grace only after all that the measurement may be off has been taken from it; where what the signal showed is not known,
 * nobody is accused.
 */
import type { RedLightTerms } from '@wayside/contracts/law-signals';
import type { Finding, Measures } from '@wayside/contracts/verdict';
import type { Scene } from '../scene.ts';
import type { Phase } from '../signals/phases.ts';
import { cameraFault, vehicleFault } from './evidence-faults.ts';
import { between, MOST_FIRM_SECONDS, type LightCase } from './light-case.ts';
import { ruleNearTurn } from './near-turn.ts';
import { clear, infraction, undecided, type Ruling } from './ruling.ts';
import { kmh, rounded, seconds } from './words.ts';

/** The red that was shown as the line was passed. */
interface Red {
  readonly fromMs: number;
  /** Undefined: it was not seen to end. */
  readonly endMs: number | undefined;
  /** It had begun before anything is known. */
  readonly atLeast: boolean;
  readonly seconds: number;
}

/** @returns undefined where the profile does not judge it, or the light was not red as the line was passed. */
export function redLight(scene: Scene, light: LightCase, yielding: Finding | undefined): Finding | undefined {
  const terms = scene.profile.road.redLight;
  if (!terms) return undefined;
  const atLine = shownAtLine(light);
  if (atLine.state !== 'unknown' && !isRed(atLine, terms)) return undefined;
  const known = light.shown.every(({ state }) => state !== 'unknown');
  const red = known ? redOf(light, atLine, terms) : undefined;
  const ruling = rule({ scene, light, terms, red, yielding });
  return {
    rule: 'red-light',
    ...ruling,
    pedestrianTracks: [],
    measures: measuresOf(scene, light, red),
    points: ruling.outcome === 'infraction' ? pointsFor(terms, light, red) : 0,
  };
}

function measuresOf(
  { framesPerSecond }: Scene,
  { passing, firmSeconds }: LightCase,
  red: Red | undefined,
): Measures {
  return {
    ...(red && { redSeconds: rounded(red.seconds) }),
    ...(firmSeconds !== undefined && { redUncertaintySeconds: rounded(firmSeconds) }),
    lineSpeedMps: rounded(passing.speedMps),
    ...(framesPerSecond !== undefined && { framesPerSecond: rounded(framesPerSecond) }),
  };
}

function pointsFor({ bands }: RedLightTerms, { firmSeconds }: LightCase, red: Red | undefined): number {
  const sure = (red?.seconds ?? 0) - (firmSeconds ?? 0);
  return bands.findLast(({ fromSeconds }) => fromSeconds <= sure)?.points ?? 0;
}

const isRed = ({ state }: Phase, { redAmber }: RedLightTerms): boolean =>
  state === 'red' || (state === 'red-amber' && redAmber === 'as-red');

const NOT_TOLD: Phase = { fromMs: 0, toMs: 0, state: 'unknown' };

function shownAtLine({ phases: { list }, passing, toMs }: LightCase): Phase {
  const atMs = toMs(passing.atS);
  return list.find((phase) => phase.fromMs <= atMs && phase.toMs > atMs) ?? NOT_TOLD;
}

/** The whole run of red that was shown as the line was passed. */
function redOf({ phases: { list }, passing, toMs }: LightCase, at: Phase, terms: RedLightTerms): Red {
  let [first, last] = [list.indexOf(at), list.indexOf(at)];
  while (first > 0 && isRed(list[first - 1] as Phase, terms)) first--;
  while (last < list.length - 1 && isRed(list[last + 1] as Phase, terms)) last++;
  const fromMs = (list[first] as Phase).fromMs;
  return {
    fromMs,
    endMs: list[last + 1]?.fromMs,
    atLeast: first === 0 || list[first - 1]?.state === 'unknown',
    seconds: (toMs(passing.atS) - fromMs) / 1000,
  };
}

interface RedCase {
  readonly scene: Scene;
  readonly light: LightCase;
  readonly terms: RedLightTerms;
  /** Undefined: what the signal showed is not known. */
  readonly red: Red | undefined;
  readonly yielding: Finding | undefined;
}

function rule(of: RedCase): Ruling {
  const { scene, light, terms, red, yielding } = of;
  const { passing, firmSeconds } = light;
  if (!red)
    return undecided(
      'signal-unknown',
      `What signal group ${passing.approach.group} showed as the vehicle passed the stop line is not known: its controller ` +
        'said nothing of that moment, or two controllers contradict one another.',
    );
  if (scene.vehicle.emergency)
    return clear('emergency-vehicle', `${passed(of, red)}, but was seen with blue lights.`);
  if (firmSeconds === undefined) return ruleUnfirm(of, red);
  if (red.seconds - firmSeconds <= terms.graceSeconds)
    return clear(
      'within-grace',
      `${passed(of, red)}, which is known to ±${seconds(firmSeconds)}; ${seconds(terms.graceSeconds)} are granted.`,
    );
  return (
    ruleEnd(of, red, firmSeconds) ??
    cameraFault(scene) ??
    vehicleFault(scene.vehicle, passing.atS - 1, light.completeS ?? passing.atS) ??
    ruleNearTurn(scene, passing, terms.nearTurn, yielding) ??
    infraction(
      'passed-red',
      `${passed(of, red)} (known to ±${seconds(firmSeconds)}, of which the driver has the benefit), and drove on ` +
        `${terms.completeAt === 'crosswalk' ? 'over the crosswalk' : 'past it'}; ${seconds(terms.graceSeconds)} are granted.`,
    )
  );
}

const passed = ({ light: { passing } }: RedCase, red: Red): string =>
  `Passed the stop line ${red.atLeast ? 'at least ' : ''}${seconds(red.seconds)} after red began at ${kmh(passing.speedMps)}`;

/** The moment of passing is not known well enough. */
function ruleUnfirm(of: RedCase, red: Red): Ruling {
  const clocks = [of.scene.clock, of.light.phases.record.clock].map((clock) =>
    clock
      ? `${clock.state}${clock.maxErrorMs === undefined ? '' : ` to ±${clock.maxErrorMs / 1000} s`}`
      : 'unknown',
  );
  return undecided(
    'clock-not-trusted',
    `${passed(of, red)} as the two clocks have it, but the moment is not known to ${seconds(MOST_FIRM_SECONDS)}: the camera's ` +
      `clock was ${clocks[0] ?? ''}, the controller's ${clocks[1] ?? ''}; together ${of.terms.maxClockErrorMs / 1000} s are allowed.`,
  );
}

/** Whether it was still red when the vehicle had gone so far that it counts. @returns undefined where it was. */
function ruleEnd(of: RedCase, red: Red, firmSeconds: number): Ruling | undefined {
  const { light, scene } = of;
  const { passing, completeS, toMs, phases } = light;
  const latestMs = toMs(passing.atS + firmSeconds);
  if (red.endMs !== undefined && red.endMs <= latestMs)
    return undecided('close-call', `${passed(of, red)}, so near its end that it may have been over.`);
  if (completeS === undefined) {
    if (scene.end === 'left')
      return clear('stopped-past-line', `${passed(of, red)}, but did not come onto the crosswalk.`);
    return scene.end === 'closed'
      ? undecided('recording-ended', `${passed(of, red)}; the recording ends before the crosswalk.`)
      : undecided('track-broken', `${passed(of, red)}; its track ends before the crosswalk.`);
  }
  const until = between(phases.list, latestMs, toMs(completeS + firmSeconds));
  if (until.some(({ state }) => state === 'unknown'))
    return undecided('signal-unknown', `${passed(of, red)}; what was shown when it went on is not known.`);
  if (red.endMs === undefined || red.endMs > toMs(completeS + firmSeconds)) return undefined;
  return clear('stopped-past-line', `${passed(of, red)}, but went on only when red was over.`);
}
