/** Simulated streets published live: a camera agent for each, until the time is over or the signal comes. */
import { runCamera } from '@wayside/edge/camera/agent';
import { runSignal } from '@wayside/edge/signal/agent';
import type { AgentHost } from '../agents/agent-host.ts';
import type { Severity } from '../camera/severity.ts';
import { cameraOfStreet, controllerOfStreet } from '../street/site-of-plan.ts';
import type { StreetPlan } from '../street/plan.ts';
import type { TrueLine } from '../truth/line-truth.ts';
import { controllerSource } from './controller-source.ts';
import { liveSource } from './live-source.ts';
import { simulateStreet, type SimulatedStreet, type TruthLine } from './simulated-street.ts';
import { warmUpSecondsBefore } from './warm-start.ts';

export interface StreetsOptions {
  readonly host: AgentHost;
  readonly plans: readonly StreetPlan[];
  readonly seed: number;
  readonly severity: Severity;
  readonly speed: number;
  readonly durationSeconds: number;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  readonly onTruth?: (line: TruthLine | TrueLine) => void;
  readonly onProgress: (totals: StreetTotals) => void;
}

export interface StreetTotals {
  readonly messages: number;
  readonly observations: number;
  readonly droppedFrames: number;
  /** Messages the house has not acknowledged; known at the end only. */
  readonly unacknowledged: number;
}

/** The first street shows something soon, the next a little later, and so on. */
const FIRST_LEAD_SECONDS = 4.5;
const NEXT_LEAD_SECONDS = 0.7;
const STREETS_WITH_A_LEAD = 12;
/** The cameras were watching before: what they have seen so far comes first, so that the first who is judged was seen coming. */
const PASSED_SECONDS = 4;
const FLUSH_MS = 5000;

/** @throws what stopped the first agent that failed, after the others have stopped in order. */
export async function runStreets(options: StreetsOptions): Promise<StreetTotals> {
  const totals = options.plans.map(() => ({
    messages: 0,
    observations: 0,
    droppedFrames: 0,
    unacknowledged: 0,
  }));
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const failures: unknown[] = [];
  const agents = options.plans.map(async (plan, index) => {
    try {
      await runStreet({ ...options, signal }, plan, index, (part) => {
        Object.assign(totals[index] ?? {}, part);
        options.onProgress(sumOf(totals));
      });
    } catch (error) {
      failures.push(error);
      failed.abort();
    }
  });
  await Promise.all(agents);
  if (failures.length > 0) throw failures[0];
  return sumOf(totals);
}

async function runStreet(
  options: StreetsOptions,
  plan: StreetPlan,
  index: number,
  onPart: (part: Partial<StreetTotals>) => void,
): Promise<void> {
  const { host, seed, severity, speed, durationSeconds, signal, clock, onTruth } = options;
  const warmUpSeconds =
    index < STREETS_WITH_A_LEAD
      ? warmUpSecondsBefore(plan, seed, FIRST_LEAD_SECONDS + index * NEXT_LEAD_SECONDS)
      : undefined;
  const passedSeconds = speed === 1 ? PASSED_SECONDS : 0;
  const startMs = clock() - passedSeconds * 1000;
  const street = simulateStreet({
    plan,
    seed,
    severity,
    startMs,
    ...(warmUpSeconds !== undefined && { warmUpSeconds }),
    ...(onTruth && { onTruth, onLine: onTruth }),
  });
  const uplink = await host.open({
    device: cameraOfStreet(plan),
    kind: 'camera',
    site: street.site,
    whenFull: 'refuse',
  });
  const stopped = new AbortController();
  const controller = runController(
    { ...options, signal: AbortSignal.any([signal, stopped.signal]) },
    plan,
    street,
    startMs,
  );
  const result = await runCamera({
    uplink,
    source: liveSource({ street, speed, durationSeconds, passedSeconds }),
    tokens: host.tokens,
    speed: 'live',
    signal,
    clockStatus: street.clockStatus,
    flushTimeoutMs: FLUSH_MS,
    onProgress: ({ batches, observations, droppedFrames }) =>
      onPart({ messages: batches, observations, droppedFrames }),
  });
  stopped.abort();
  onPart({ unacknowledged: result.left + (await controller) });
}

/** The clock of a controller is better than a camera's: it hangs on the same wire as others. */
const CONTROLLER_CLOCK = { state: 'synchronised', maxErrorMs: 20 } as const;

/** @returns how many messages the house has not acknowledged. */
async function runController(
  { host, speed, durationSeconds, signal }: StreetsOptions,
  plan: StreetPlan,
  { site, zeroMs }: SimulatedStreet,
  startMs: number,
): Promise<number> {
  if (!plan.signal) return 0;
  const device = controllerOfStreet(plan);
  const uplink = await host.open({ device, kind: 'signal', site, whenFull: 'refuse' });
  const fromSeconds = (startMs - zeroMs) / 1000;
  const { left } = await runSignal({
    uplink,
    source: controllerSource({ site, programme: plan.signal, zeroMs, fromSeconds, durationSeconds, speed }),
    live: false,
    clockStatus: () => CONTROLLER_CLOCK,
    signal,
    flushTimeoutMs: FLUSH_MS,
  });
  return left;
}

const sumOf = (parts: readonly StreetTotals[]): StreetTotals => ({
  messages: parts.reduce((sum, part) => sum + part.messages, 0),
  observations: parts.reduce((sum, part) => sum + part.observations, 0),
  droppedFrames: parts.reduce((sum, part) => sum + part.droppedFrames, 0),
  unacknowledged: parts.reduce((sum, part) => sum + part.unacknowledged, 0),
});
