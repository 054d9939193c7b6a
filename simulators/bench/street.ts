/**
 * The street simulator alone: a hundred sites on one core, a tenth of a second a step. By the processor's time as well as
 * by the clock, because a busy machine distorts the clock only.
 */
import { openCamera } from '../src/camera/camera.ts';
import { planStreets } from '../src/street/layouts.ts';
import { openStreet, runFor, type Street } from '../src/street/street.ts';
import { truthRecorder } from '../src/truth/recorder.ts';

export const description = 'the street simulator: × real time for 100 sites on one core';

const SITES = 100;
const SEED = 1;
const WARM_SECONDS = 60;
const SECONDS = 120;
const MILLISECONDS = 1000;

export interface StreetBenchResult {
  readonly sites: number;
  readonly timesRealTime: number;
  readonly timesRealTimeByProcessor: number;
  readonly withTruthByProcessor: number;
  readonly withTruthAndCameraByProcessor: number;
}

interface Measured {
  readonly byClock: number;
  readonly byProcessor: number;
}

export function run({ json }: { readonly json: boolean }): Promise<StreetBenchResult> {
  const street = measure(() => () => undefined);
  const truth = measure((of) => truthRecorder(of, 0).observe);
  const camera = measure((of) => {
    const recorder = truthRecorder(of, 0);
    const { look } = openCamera(of, { severity: 'fair', seed: SEED, startMs: 0 });
    return () => {
      recorder.observe();
      look();
    };
  });
  const result = {
    sites: SITES,
    timesRealTime: street.byClock,
    timesRealTimeByProcessor: street.byProcessor,
    withTruthByProcessor: truth.byProcessor,
    withTruthAndCameraByProcessor: camera.byProcessor,
  };
  if (!json)
    for (const [key, value] of Object.entries(result)) process.stdout.write(`${key.padEnd(32)} ${value}\n`);
  return Promise.resolve(result);
}

function measure(watch: (street: Street) => () => unknown): Measured {
  const streets = planStreets({ seed: SEED, sites: SITES }).map((plan) => {
    const street = openStreet(plan, SEED);
    const look = watch(street);
    runFor(street, WARM_SECONDS, look);
    return { street, look };
  });
  const clock = performance.now();
  const processor = process.cpuUsage();
  for (let second = 0; second < SECONDS; second++)
    for (const { street, look } of streets) runFor(street, 1, look);
  const clockMs = performance.now() - clock;
  const { user, system } = process.cpuUsage(processor);
  return {
    byClock: Math.round((SECONDS * MILLISECONDS) / clockMs),
    byProcessor: Math.round((SECONDS * MILLISECONDS) / ((user + system) / MILLISECONDS)),
  };
}
