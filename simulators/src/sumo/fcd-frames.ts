/** Gathers the timesteps of floating-car data into frames. */
import type { Frame, SeenObject } from '@wayside/edge/camera/frame-source';
import { trackKey } from '@wayside/contracts/observation-batch';
import { numberField } from '../recordings/number-field.ts';
import { fcdObject, type ObjectContext } from './fcd-object.ts';
import type { FcdSink } from './fcd-sink.ts';
import type { Attributes } from './xml-elements.ts';

const MAX_SECONDS = 1e8;
const MAX_NOTES = 100;

export interface FcdFrames {
  readonly sink: FcdSink;
  readonly frames: () => readonly Frame[];
  /** Time from one timestep to the next, by the first two; undefined where there are none. */
  readonly periodMs: () => number | undefined;
}

interface OpenStep {
  readonly line: number;
  readonly timeMs: number;
  readonly objects: SeenObject[];
  readonly keys: Set<string>;
  /** Where vehicles are, as written: who is there too rides in one. */
  readonly vehicleSpots: Set<string>;
}

export function fcdFrames(of: {
  readonly startMs: number;
  readonly context: Omit<ObjectContext, 'note'>;
  readonly rejected: (line: number, reason: string) => void;
}): FcdFrames {
  const { startMs, context, rejected } = of;
  const frames: Frame[] = [];
  const note = onceAKey(rejected);
  /** `skipped`: one that cannot be used, for which it has been told already. */
  let step: OpenStep | 'none' | 'skipped' = 'none';
  let lastMs: number | undefined;
  let periodMs: number | undefined;

  function endOfTimestep(): void {
    if (typeof step === 'object') frames.push({ timeMs: startMs + step.timeMs, objects: step.objects });
    step = 'none';
  }

  function begin(time: string | undefined, line: number): OpenStep | 'skipped' {
    const fault = timestepFault(time, lastMs);
    if (fault !== undefined) {
      rejected(line, `${fault}: the timestep is left out`);
      return 'skipped';
    }
    const timeMs = Math.round(Number(time) * 1000);
    if (lastMs !== undefined) {
      periodMs ??= timeMs - lastMs;
      if (timeMs - lastMs > 1.5 * periodMs)
        rejected(line, `timesteps are missing between ${lastMs / 1000} s and ${timeMs / 1000} s`);
    }
    lastMs = timeMs;
    return { line, timeMs, objects: [], keys: new Set(), vehicleSpots: new Set() };
  }

  const sink: FcdSink = {
    timestep(time, line) {
      endOfTimestep();
      step = begin(time, line);
    },
    row(kind, fields, line) {
      if (step === 'skipped') return;
      if (step === 'none') {
        rejected(line, `a ${kind} stands outside of any timestep`);
        return;
      }
      const object = rides(kind, fields, step)
        ? undefined
        : fcdObject(kind, fields, { ...context, note: (key, reason) => note(line, key, reason) });
      const fault = typeof object === 'object' ? add(step, object) : object;
      if (fault !== undefined) rejected(line, fault);
    },
    endOfTimestep,
    abandon(line) {
      if (typeof step === 'object')
        rejected(line, `the file ends amid the timestep that begins on line ${step.line}: it is left out`);
      step = 'none';
    },
    fault: rejected,
    note,
  };
  return { sink, frames: () => frames, periodMs: () => periodMs };
}

function onceAKey(rejected: (line: number, reason: string) => void): FcdSink['note'] {
  const noted = new Set<string>();
  return (line, key, reason) => {
    if (noted.has(key) || noted.size >= MAX_NOTES) return;
    noted.add(key);
    rejected(line, reason);
  };
}

function timestepFault(time: string | undefined, lastMs: number | undefined): string | undefined {
  if (time === undefined || time === '') return 'a timestep has no time';
  const seconds = numberField(time, 0, MAX_SECONDS);
  if (seconds === undefined) return `time "${time.slice(0, 40)}" is no number of seconds from 0`;
  if (lastMs !== undefined && Math.round(seconds * 1000) <= lastMs)
    return `time ${seconds} s does not come after ${lastMs / 1000} s`;
  return undefined;
}

/** Newer versions of SUMO say in which vehicle a person is; older ones put it where its vehicle is. */
function rides(kind: 'vehicle' | 'person', fields: Attributes, { vehicleSpots }: OpenStep): boolean {
  const spot = `${fields['x']} ${fields['y']}`;
  if (kind === 'person') return (fields['vehicle'] ?? '') !== '' || vehicleSpots.has(spot);
  vehicleSpots.add(spot);
  return false;
}

/** @returns what is wrong with it there, if anything. */
function add({ objects, keys }: OpenStep, object: SeenObject): string | undefined {
  const key = trackKey(object.kind, object.track);
  if (keys.has(key)) return `${key} stands twice in one timestep`;
  keys.add(key);
  objects.push(object);
  return undefined;
}
