/** One run: play, hurt, heal, drain, compare. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check } from './check/checker.ts';
import type { RunEvidence } from './check/evidence-of-run.ts';
import { drain, type Drained } from './drain.ts';
import { scheduleOf } from './faults/schedule.ts';
import { targetsOf } from './faults/world.ts';
import { readTold } from './fates/told.ts';
import { expectedOf, PRICES } from './oracle/expected.ts';
import { resultOf, type TortureResult } from './result.ts';
import { openStage, type Stage } from './stage.ts';
import type { TortureOptions } from './torture-options.ts';
import { storm, type StormLine } from './storm.ts';

const WARM_UP_MS = 60_000;
const FINISH_MS = 300_000;
const DRAIN_MS = 240_000;
const PROGRESS_EVERY_MS = 5_000;

export async function torture(options: TortureOptions): Promise<TortureResult> {
  const startedAtMs = Date.now();
  const stage = await openStage(options);
  try {
    return await Promise.race([play(stage, options, startedAtMs), givenUp(options.signal)]);
  } finally {
    await stage.close();
  }
}

const givenUp = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('the run was given up')), { once: true });
  });

async function play(stage: Stage, options: TortureOptions, startedAtMs: number): Promise<TortureResult> {
  await warmUp(stage);
  const lines: StormLine[] = [];
  const faults = scheduleOf({ ...options, targets: targetsOf(stage.world) });
  const stormedAtMs = Date.now();
  const progress = keepTelling(stage, options, lines);
  const cut = (options.cut ?? []).map((name) => stage.world.links.get(name));
  for (const line of cut) line?.hold();
  await storm(stage.world, faults, (line) => {
    lines.push(line);
    appendFileSync(join(options.folder, 'faults.ndjson'), `${JSON.stringify(line)}\n`);
  });
  const stormMs = Date.now() - stormedAtMs;
  await stage.heal();
  for (const line of cut) line?.hold();
  const finished = await finish(stage);
  const drained = finished
    ? await drain(stage.probe, { timeoutMs: options.drainMs ?? DRAIN_MS })
    : NOT_FINISHED;
  progress.stop();
  const evidence = evidenceOf(stage, finished ?? new Map());
  const checked = check(await stage.snapshot(), evidence);
  const crashes = crashPoints(options.folder);
  const tookMs = Date.now() - startedAtMs;
  return resultOf({ options, stage, lines, drained, checked, last: evidence.last, crashes, stormMs, tookMs });
}

const NOT_FINISHED: Drained = { drained: false, reading: undefined, tookMs: FINISH_MS };

/** Faults begin when everything has gone its whole way once. */
async function warmUp({ probe }: Stage): Promise<void> {
  const deadline = Date.now() + WARM_UP_MS;
  for (;;) {
    const reading = await probe().catch(() => undefined);
    if (reading && reading.judged > 50) return;
    if (Date.now() > deadline) throw new Error('nothing was judged before the first fault; the logs say why');
    await sleep(500);
  }
}

/** By device: the last sequence given out, and the last of its script; undefined where the devices could not end in time. */
async function finish({ world }: Stage): Promise<ReadonlyMap<string, readonly [number, number]> | undefined> {
  const hosts = [...world.hosts.values()];
  for (const host of hosts) host.finish();
  const last = new Map<string, readonly [number, number]>();
  const all = Promise.all(hosts.map((host) => host.finished)).then((each) => {
    for (const of of each) for (const [device, at] of of) last.set(device, at);
    return true;
  });
  const timeout = new AbortController();
  const late = sleep(FINISH_MS, false, { signal: timeout.signal }).catch(() => false);
  const inTime = await Promise.race([all, late]);
  timeout.abort();
  let unanswered = 0;
  for (const device of world.bare.values()) {
    const ended = await device.finish(FINISH_MS);
    unanswered += ended.unanswered;
    last.set(device.player.device, [ended.last, ended.last]);
  }
  return inTime && unanswered === 0 ? last : undefined;
}

function evidenceOf(
  { players, world, bareJournal, mayBeResolved }: Stage,
  last: ReadonlyMap<string, readonly [number, number]>,
): RunEvidence {
  const told = readTold([bareJournal, ...[...world.hosts.values()].map(({ journal }) => journal)]);
  return {
    players,
    told,
    last: new Map([...last].map(([device, [given]]) => [device, given])),
    expected: players.flatMap((player) => expectedOf(player, last.get(player.device)?.[1] ?? 0, PRICES)),
    brokerKillsMs: world.brokerKillsMs,
    mayBeResolved,
  };
}

function keepTelling(
  { world, probe }: Stage,
  { lengthMs, onProgress }: TortureOptions,
  lines: readonly StormLine[],
) {
  const startedAtMs = Date.now();
  const tell = async (): Promise<void> => {
    const reading = await probe().catch(() => undefined);
    onProgress({
      seconds: Math.round((Date.now() - startedAtMs) / 1000),
      of: Math.round(lengthMs / 1000),
      faults: lines.length,
      outboxes: [...world.hosts.values()].reduce((sum, host) => sum + host.waiting(), 0),
      ...reading,
    });
  };
  const timer = setInterval(() => void tell(), PROGRESS_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

/** How often a process died at which durable step. */
function crashPoints(folder: string): Readonly<Record<string, number>> {
  const path = join(folder, 'crashes.log');
  const counts: Record<string, number> = {};
  if (!existsSync(path)) return counts;
  for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean))
    counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}
