/** Gathers the timesteps of floating-car data into frames. */
import type { Frame, SeenObject } from '@wayside/edge/camera/frame-source';
import { trackKey } from '@wayside/contracts/observation-batch';
import { fcdObject, type ObjectContext } from './fcd-object.ts';
import type { FcdSink } from './fcd-sink.ts';
import { timestepClock } from './timestep-clock.ts';
import type { Attributes } from './xml-elements.ts';

const MAX_NOTES = 100;

export interface FcdFrames {
  readonly sink: FcdSink;
  readonly frames: () => readonly Frame[];
  /** For each frame the tracks of the people on the crossing, as SUMO has it; undefined where it does not say. */
  readonly onCrossing: () => readonly ReadonlySet<string>[] | undefined;
  /** Time from one timestep to the next, by the first two; undefined where there are none. */
  readonly periodMs: () => number | undefined;
}

interface OpenStep {
  readonly line: number;
  readonly timeMs: number;
  readonly objects: SeenObject[];
  readonly keys: Set<string>;
  readonly onCrossing: Set<string>;
  /** Where vehicles are, as written: who is there too rides in one. */
  readonly vehicleSpots: Set<string>;
}

export function fcdFrames(of: {
  readonly startMs: number;
  /** Id of the crossing's edge. */
  readonly crossing: string;
  readonly context: Omit<ObjectContext, 'note'>;
  readonly rejected: (line: number, reason: string) => void;
}): FcdFrames {
  const { startMs, crossing, context, rejected } = of;
  const frames: Frame[] = [];
  const onCrossing: ReadonlySet<string>[] = [];
  let edgesAreSaid = true;
  const note = onceAKey(rejected);
  /** `skipped`: one that cannot be used, for which it has been told already. */
  let step: OpenStep | 'none' | 'skipped' = 'none';
  const clock = timestepClock(rejected);

  function endOfTimestep(): void {
    if (typeof step === 'object') {
      frames.push({ timeMs: startMs + step.timeMs, objects: step.objects });
      onCrossing.push(step.onCrossing);
    }
    step = 'none';
  }

  const sink: FcdSink = {
    timestep(time, line) {
      endOfTimestep();
      const timeMs = clock.next(time, line);
      step = timeMs === undefined ? 'skipped' : openStep(line, timeMs);
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
      else if (kind === 'person' && typeof object === 'object') {
        if (fields['edge'] === crossing) step.onCrossing.add(object.track);
        edgesAreSaid &&= fields['edge'] !== undefined;
      }
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
  return {
    sink,
    frames: () => frames,
    onCrossing: () => (edgesAreSaid ? onCrossing : undefined),
    periodMs: clock.periodMs,
  };
}

const openStep = (line: number, timeMs: number): OpenStep => ({
  line,
  timeMs,
  objects: [],
  keys: new Set(),
  onCrossing: new Set(),
  vehicleSpots: new Set(),
});

function onceAKey(rejected: (line: number, reason: string) => void): FcdSink['note'] {
  const noted = new Set<string>();
  return (line, key, reason) => {
    if (noted.has(key) || noted.size >= MAX_NOTES) return;
    noted.add(key);
    rejected(line, reason);
  };
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
