/** A train under way: its conductor's handheld files each report when it happens, tunnel or not; journey after journey. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileReport } from '@wayside/edge/handheld/file-report';
import type { Uplink } from '@wayside/edge/uplink/uplink';
import type { AgentHost } from '../agents/agent-host.ts';
import { planJourney, type Call, type Journey, type TrueDispute } from './journey.ts';

export interface TrainOptions {
  readonly host: AgentHost;
  readonly seed: number;
  readonly speed: number;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  /** The line opens and closes; undefined where it cannot be cut. */
  readonly line?: ((open: boolean) => void) | undefined;
  readonly onEvent: (event: TrainEvent) => void;
  readonly onTruth?: (line: TrueDispute & { readonly filedAtMs: number }) => void;
}

export type TrainEvent =
  | { readonly kind: 'journey'; readonly train: string; readonly stops: number }
  | { readonly kind: 'stop'; readonly train: string; readonly name: string }
  | { readonly kind: 'tunnel'; readonly train: string; readonly inside: boolean }
  | { readonly kind: 'report'; readonly train: string; readonly answer: string; readonly place: string };

export interface TrainTotals {
  readonly journeys: number;
  readonly reports: number;
  readonly unacknowledged: number;
}

const HANDHELD = 'handheld-1';
const FLUSH_MS = 5000;
const LEAD_SECONDS = 8;

/** Runs until the signal. @throws UplinkError */
export async function runTrain(options: TrainOptions): Promise<TrainTotals> {
  const { host, seed, speed, signal } = options;
  const uplink = await host.open({ device: HANDHELD, kind: 'handheld' });
  let journeys = 0;
  let reports = 0;
  try {
    for (; !signal.aborted; journeys++) {
      const journey = planJourney(seed, journeys, speed);
      reports += await runJourney(options, uplink, journey, journeys === 0 ? boardsAt(journey) : 0);
    }
  } catch (error) {
    await uplink.stop({ flushTimeoutMs: 0 });
    throw error;
  }
  options.line?.(true);
  const { left } = await uplink.stop({ flushTimeoutMs: FLUSH_MS });
  return { journeys, reports, unacknowledged: left };
}

/** The first train is under way already: its conductor will soon be called to somebody who refuses. */
function boardsAt({ calls }: Journey): number {
  const first = calls.find(({ truth }) => truth.outcome === 'infraction') ?? calls[0];
  return Math.max(0, (first?.filedAt ?? 0) - LEAD_SECONDS);
}

interface Moment {
  readonly atSeconds: number;
  readonly happens: () => Promise<void> | void;
}

async function runJourney(
  options: TrainOptions,
  uplink: Uplink,
  journey: Journey,
  fromSeconds: number,
): Promise<number> {
  const { clock, signal, onEvent } = options;
  const { train, stops } = journey.service;
  const startMs = clock() - Math.round(fromSeconds * 1000);
  let reports = 0;
  onEvent({ kind: 'journey', train, stops: stops.length });
  const file = async (call: Call): Promise<void> => {
    await fileCall(options, uplink, call, startMs);
    reports++;
  };
  for (const { atSeconds, happens } of momentsOf(options, journey, file)) {
    if (atSeconds < fromSeconds) continue;
    await until(startMs + atSeconds * 1000, clock, signal);
    if (signal.aborted) break;
    await happens();
  }
  return reports;
}

function momentsOf(
  { line, onEvent }: TrainOptions,
  { service, calls, seconds }: Journey,
  file: (call: Call) => Promise<void>,
): readonly Moment[] {
  const { train, stops, tunnels } = service;
  const tunnel = (inside: boolean) => (): void => {
    line?.(!inside);
    onEvent({ kind: 'tunnel', train, inside });
  };
  const moments: Moment[] = [
    ...stops.map(({ arrivesAt, name }) => ({
      atSeconds: arrivesAt,
      happens: () => onEvent({ kind: 'stop', train, name }),
    })),
    ...tunnels.flatMap(({ fromSeconds, toSeconds }) => [
      { atSeconds: fromSeconds, happens: tunnel(true) },
      { atSeconds: toSeconds, happens: tunnel(false) },
    ]),
    ...calls.map((call) => ({ atSeconds: call.filedAt, happens: () => file(call) })),
    { atSeconds: seconds, happens: () => line?.(true) },
  ];
  return moments.sort((a, b) => a.atSeconds - b.atSeconds);
}

async function fileCall(options: TrainOptions, uplink: Uplink, call: Call, startMs: number): Promise<void> {
  const { host, onEvent, onTruth, clock } = options;
  const report = call.report(startMs);
  const filed = await fileReport(uplink, host.tokens, report, clock);
  if (filed.kind === 'invalid') throw new Error(`a simulated report is wrong: ${filed.problems.join('; ')}`);
  const { train, coach, place } = report.seat;
  onEvent({ kind: 'report', train, answer: report.answer, place: `${coach}/${place}` });
  onTruth?.({ ...call.truth, filedAtMs: Math.round(startMs + call.filedAt * 1000) });
}

async function until(ms: number, clock: () => number, signal: AbortSignal): Promise<void> {
  const waitMs = ms - clock();
  if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
}
