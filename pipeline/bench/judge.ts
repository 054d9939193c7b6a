/**
 * The judge alone: no log, no database. Busy crosswalks, 10 frames a second, about ten objects each, every vehicle an
 * encounter; the messages are made beforehand, so only `judge` (and `resumeOffset`, once a batch) is timed.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Site } from '@wayside/contracts/site';
import { countObservations, type ObservationMessage } from '@wayside/contracts/observation-batch';
import type { JudgeContext } from '../src/domain/judge/effects.ts';
import { initialJudgeState, judge, resumeOffset, type JudgeState } from '../src/domain/judge/judge.ts';
import { batchMessages, type SeenFrame, type Sighting } from '../src/domain/judge/testing/batches.ts';
import { testSite } from '../src/domain/judge/testing/street.ts';
import { shippedProfile } from './judge-dut-clips.ts';

export const description = 'the judge alone: observations/s on one core, from 10 to 10,000 sites';

const SITES = [10, 100, 1_000, 10_000] as const;
const FRAMES_PER_SECOND = 10;
/** A site's street repeats after this; each site begins at another point of it. */
const CYCLE_SECONDS = 60;
/** Every site runs this long before its cost is counted: by then encounters end as often as they begin. */
const WARM_SECONDS = 12;
/** And then at least this long, and this many observations. */
const MEASURED_SECONDS = 6;
const MEASURED_OBSERVATIONS = 500_000;
/** Messages in a batch, however few sites they come from: the processor's caches then treat all alike. */
const READ_BATCH = 256;

export interface JudgeBenchRow {
  readonly sites: number;
  readonly observations: number;
  readonly encounters: number;
  readonly infractions: number;
  readonly seconds: number;
  readonly observationsPerSecond: number;
  /** By the processor time of the whole process, garbage collection included: what a busy machine does not distort. */
  readonly observationsPerCpuSecond: number;
  readonly cpuNanosecondsPerObservation: number;
  /** What the judge keeps when all is told, garbage left out. */
  readonly keptMb: number;
}

export interface JudgeBenchResult {
  readonly judge: readonly JudgeBenchRow[];
  readonly observationsPerSecond: number;
  readonly observationsPerCpuSecond: number;
  /** Cost of an observation with the most sites over that with the fewest: 1 is flat. */
  readonly costRatio: number;
}

export function run({ json }: { readonly json: boolean }): Promise<JudgeBenchResult> {
  const cycle = makeCycle();
  measure(cycle, 100);
  const rows = SITES.map((sites) => measure(cycle, sites));
  if (!json) print(rows);
  return Promise.resolve({
    judge: rows,
    observationsPerSecond: Math.min(...rows.map((row) => row.observationsPerSecond)),
    observationsPerCpuSecond: Math.min(...rows.map((row) => row.observationsPerCpuSecond)),
    costRatio:
      (rows.at(-1)?.cpuNanosecondsPerObservation ?? 0) / (rows[0]?.cpuNanosecondsPerObservation ?? 1),
  });
}

interface Cycle {
  readonly site: Site;
  readonly messages: readonly ObservationMessage[];
}

/** One minute of one busy crosswalk, in messages of a second. */
function makeCycle(): Cycle {
  const site = testSite();
  const frames = Array.from({ length: CYCLE_SECONDS * FRAMES_PER_SECOND }, (_, i) =>
    frameAt(i / FRAMES_PER_SECOND),
  );
  const camera = { site, device: 'cam', bootId: 'bench' };
  return { site, messages: batchMessages(frames, camera, [FRAMES_PER_SECOND]) };
}

/** Vehicles every 6 s in each direction, some of which wait; pedestrians both ways all the time. */
function frameAt(second: number): SeenFrame {
  const objects: Sighting[] = [];
  for (let k = 0; k * 6 < CYCLE_SECONDS; k++) {
    objects.push(...vehicleAt(`up-${k}`, second - k * 6, 1, k % 3 === 0));
    objects.push(...vehicleAt(`down-${k}`, second - k * 6 - 3, -1, k % 3 === 1));
  }
  for (let k = 0; k * 1.8 < CYCLE_SECONDS; k++)
    objects.push(...walkerAt(`walker-${k}`, second - k * 1.8, k % 2 === 0 ? 1 : -1, (k % 5) * 0.6 - 1.2));
  return { timeMs: Math.round(second * 1000), objects };
}

const SPEED_MPS = 7;
const WAIT_SECONDS = 3;

function vehicleAt(track: string, second: number, way: 1 | -1, waits: boolean): Sighting[] {
  const stopAt = 20 / SPEED_MPS;
  const driven =
    SPEED_MPS * (waits ? Math.min(second, stopAt) + Math.max(0, second - stopAt - WAIT_SECONDS) : second);
  if (second < 0 || driven > 50) return [];
  const rests = waits && second > stopAt && second < stopAt + WAIT_SECONDS;
  return [
    {
      track,
      kind: 'car',
      x: way * 2,
      y: way * (driven - 25),
      headingRadians: (way * Math.PI) / 2,
      speedMps: rests ? 0 : SPEED_MPS,
      lengthMetres: 4.6,
      widthMetres: 1.8,
    },
  ];
}

function walkerAt(track: string, second: number, way: 1 | -1, y: number): Sighting[] {
  const walked = 1.4 * second;
  return second < 0 || walked > 16 ? [] : [{ track, kind: 'pedestrian', x: way * (walked - 8), y }];
}

interface Tally {
  messages: number;
  observations: number;
  encounters: number;
  infractions: number;
  wallNanoseconds: number;
  cpuNanoseconds: number;
}

const emptyTally = (messages: number): Tally => ({
  messages,
  observations: 0,
  encounters: 0,
  infractions: 0,
  wallNanoseconds: 0,
  cpuNanoseconds: 0,
});

function measure({ site, messages }: Cycle, sites: number): JudgeBenchRow {
  const profile = shippedProfile('cn');
  const context: JudgeContext = { site: () => site, profile: () => profile };
  const before = memoryBytes();
  const state = initialJudgeState();
  let tally = emptyTally(0);
  let isWarm = false;
  for (let at = 0; !isEnough(tally, at / sites); at += READ_BATCH) {
    if (!isWarm && at >= WARM_SECONDS * sites) {
      tally = emptyTally(tally.messages);
      isWarm = true;
    }
    const batch = Array.from({ length: READ_BATCH }, (_, k) =>
      messageOf(messages, (at + k) % sites, Math.floor((at + k) / sites)),
    );
    judgeTimed(state, batch, context, tally);
  }
  return rowOf(state.sites.size, tally, memoryBytes() - before);
}

const isEnough = ({ observations }: Tally, seconds: number): boolean =>
  seconds >= WARM_SECONDS + MEASURED_SECONDS && observations >= MEASURED_OBSERVATIONS;

function judgeTimed(
  state: JudgeState,
  batch: readonly ObservationMessage[],
  context: JudgeContext,
  tally: Tally,
): void {
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  for (const message of batch) {
    tally.messages++;
    for (const effect of judge(state, { offset: tally.messages, message }, context)) {
      if (effect.kind !== 'encounter') continue;
      tally.encounters++;
      if (effect.verdict.outcome === 'infraction') tally.infractions++;
    }
  }
  resumeOffset(state, tally.messages + 1);
  const { user, system } = process.cpuUsage(cpu);
  tally.cpuNanoseconds += (user + system) * 1000;
  tally.wallNanoseconds += Number(process.hrtime.bigint() - wall);
  for (const { data } of batch) tally.observations += countObservations(data);
}

const rowOf = (sites: number, tally: Tally, keptBytes: number): JudgeBenchRow => ({
  sites,
  observations: tally.observations,
  encounters: tally.encounters,
  infractions: tally.infractions,
  seconds: tally.wallNanoseconds / 1e9,
  observationsPerSecond: Math.round((tally.observations * 1e9) / tally.wallNanoseconds),
  observationsPerCpuSecond: Math.round((tally.observations * 1e9) / tally.cpuNanoseconds),
  cpuNanosecondsPerObservation: Math.round(tally.cpuNanoseconds / tally.observations),
  keptMb: Math.round(keptBytes / 1e5) / 10,
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function memoryBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** What camera i says at a second: its own place in the cycle and its own tracks. The judge keeps no column of a message. */
function messageOf(messages: readonly ObservationMessage[], i: number, second: number): ObservationMessage {
  const at = second + i * 7;
  const lap = Math.floor(at / CYCLE_SECONDS);
  const template = messages[at % CYCLE_SECONDS] as ObservationMessage;
  const device = `cam-${i}`;
  const startMs = START_MS + second * 1000;
  return {
    ...template,
    id: `${device}/bench/${second + 1}`,
    device,
    sequence: second + 1,
    sentat: startMs + 1000,
    data: {
      ...template.data,
      frames: { startMs, dtMs: template.data.frames.dtMs },
      objects: template.data.objects.map((object) => ({ ...object, track: `${lap}-${object.track}` })),
    },
  };
}

function print(rows: readonly JudgeBenchRow[]): void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  out('   sites  observations  encounters  infractions         obs/s     obs/CPU s  ns CPU/obs  kept MB');
  for (const row of rows) {
    const cells = [
      [row.sites, 8],
      [row.observations, 14],
      [row.encounters, 12],
      [row.infractions, 13],
      [row.observationsPerSecond, 14],
      [row.observationsPerCpuSecond, 14],
      [row.cpuNanosecondsPerObservation, 12],
      [row.keptMb, 9],
    ] as const;
    out(cells.map(([value, width]) => value.toLocaleString('en').padStart(width)).join(''));
  }
}
