/** The truth of a SUMO recording, as lines: every driver's disposition, and what the law says of every encounter. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { STEP_SECONDS } from '../street/plan.ts';
import { truthRecorder } from '../truth/recorder.ts';
import type { TrueEncounter } from '../truth/truth-line.ts';
import { planOfSite } from './plan-of-site.ts';
import { recordedStreet } from './recorded-street.ts';
import type { SumoRecording } from './sumo.ts';
import type { SumoDisposition } from './vehicle-types.ts';

export interface TrueDriver {
  readonly kind: 'vehicle';
  readonly site: string;
  readonly vehicle: string;
  readonly vehicleKind: ObjectKind;
  /** Name of SUMO's vehicle type. */
  readonly type: string;
  readonly emergency: boolean;
  /** Empty: the driver does what it owes. */
  readonly dispositions: readonly SumoDisposition[];
}

export interface NoEncounters {
  readonly kind: 'no-encounters';
  readonly site: string;
  readonly reason: string;
}

export type SumoTruthLine = TrueDriver | TrueEncounter | NoEncounters;

/** Encounters need a straight street and positions every tenth of a second; else a line says why there are none. */
export function* sumoTruth(recording: SumoRecording): Generator<SumoTruthLine> {
  yield* driversOf(recording);
  const plan = planOfSite(recording.site);
  const fault = typeof plan === 'string' ? plan : stepFault(recording.periodMs);
  if (typeof plan === 'string' || fault !== undefined) {
    yield { kind: 'no-encounters', site: recording.site.id, reason: fault ?? '' };
    return;
  }
  const disposition = (track: string): string => dispositionsOf(recording, track)[0] ?? 'yields';
  const street = recordedStreet(plan, recording.startMs, disposition);
  const recorder = truthRecorder(street, recording.startMs);
  for (const [i, frame] of recording.frames.entries()) {
    street.show(frame, recording.onCrossing?.[i]);
    yield* recorder.observe();
  }
}

function stepFault(periodMs: number | undefined): string | undefined {
  if (periodMs === STEP_SECONDS * 1000) return undefined;
  return `it has a step of ${periodMs ?? 0} ms where ${STEP_SECONDS * 1000} ms are needed (--step-length)`;
}

function* driversOf(recording: SumoRecording): Generator<TrueDriver> {
  const told = new Set<string>();
  for (const { objects } of recording.frames)
    for (const { track, kind, emergency } of objects) {
      if (kind === 'pedestrian' || told.has(track)) continue;
      told.add(track);
      yield {
        kind: 'vehicle',
        site: recording.site.id,
        vehicle: track,
        vehicleKind: kind,
        type: recording.typeOfTrack.get(track) ?? '',
        emergency: emergency === true,
        dispositions: dispositionsOf(recording, track),
      };
    }
}

const dispositionsOf = ({ types, typeOfTrack }: SumoRecording, track: string): readonly SumoDisposition[] =>
  types.get(typeOfTrack.get(track) ?? '')?.dispositions ?? [];
