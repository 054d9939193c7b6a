/** The lines of a truth file (NDJSON). It stays outside the system: nothing of it is ever published. */
import type { Meeting, Passage } from './passage.ts';
import {
  firstThrough,
  overtakingAnswer,
  petSeconds,
  standingAnswer,
  yieldAnswer,
  type Answer,
  type FirstThrough,
} from './answers.ts';
import { YIELD_GEOMETRIES, type YieldGeometry } from './zones.ts';

export type YieldAnswers = Readonly<Record<YieldGeometry, Answer>>;

export interface TrueMeeting {
  readonly pedestrian: string;
  readonly role: string;
  readonly firstThrough: FirstThrough;
  readonly petSeconds: number | null;
  readonly heldSeconds: number;
  readonly turnedBack: boolean;
  /** To stop at the line from when the way became owed; null where it never was, or no braking would have done. */
  readonly requiredDecelerationMps2: Readonly<Partial<Record<YieldGeometry, number | null>>>;
  readonly answers: YieldAnswers;
}

export interface TrueEncounter {
  readonly kind: 'encounter';
  readonly site: string;
  readonly vehicle: string;
  readonly vehicleKind: string;
  readonly plate: string | null;
  readonly emergency: boolean;
  readonly disposition: string;
  readonly lane: string;
  readonly lineAtMs: number | null;
  readonly entryAtMs: number | null;
  readonly exitAtMs: number | null;
  readonly entrySpeedMps: number | null;
  readonly minSpeedMps: number | null;
  readonly standingSeconds: number;
  readonly overtook: readonly string[];
  readonly pedestrians: readonly TrueMeeting[];
  /** Of the whole encounter: an infraction against one person is one. */
  readonly failToYield: Readonly<Record<YieldGeometry, Answer['outcome']>>;
  readonly stopOnCrosswalk: Answer;
  readonly overtakeAtCrosswalk: Answer;
}

/** @param timeMs device time of a moment of the street. */
export function trueEncounter(
  site: string,
  passage: Passage,
  timeMs: (seconds: number) => number,
): TrueEncounter {
  const { vehicle } = passage;
  const pedestrians = [...passage.meetings.values()].map((meeting) => trueMeeting(passage, meeting));
  const at = (seconds: number | undefined): number | null => (seconds === undefined ? null : timeMs(seconds));
  return {
    kind: 'encounter',
    site,
    vehicle: String(vehicle.id),
    vehicleKind: vehicle.kind,
    plate: vehicle.plate ?? null,
    emergency: vehicle.emergency,
    disposition: vehicle.driver.disposition,
    lane: vehicle.lane.id,
    lineAtMs: at(passage.lineAt),
    entryAtMs: at(passage.entryAt),
    exitAtMs: at(passage.exitAt),
    entrySpeedMps: rounded(passage.entrySpeedMps),
    minSpeedMps: rounded(passage.minSpeedMps),
    standingSeconds: rounded(passage.standingSeconds) ?? 0,
    overtook: passage.overtook.map(String),
    pedestrians,
    failToYield: byGeometry((geometry) =>
      pedestrians.some(({ answers }) => answers[geometry].outcome === 'infraction') ? 'infraction' : 'clear',
    ),
    stopOnCrosswalk: standingAnswer(passage),
    overtakeAtCrosswalk: overtakingAnswer(passage),
  };
}

function trueMeeting(passage: Passage, meeting: Meeting): TrueMeeting {
  const { pedestrian, owed } = meeting;
  const required: Partial<Record<YieldGeometry, number | null>> = {};
  for (const geometry of YIELD_GEOMETRIES) {
    const since = owed[geometry];
    if (since) required[geometry] = rounded(since.requiredDecelerationMps2);
  }
  return {
    pedestrian: String(pedestrian.id),
    role: pedestrian.role,
    firstThrough: firstThrough(meeting),
    petSeconds: rounded(petSeconds(meeting)),
    heldSeconds: rounded(meeting.heldSeconds) ?? 0,
    turnedBack: pedestrian.turned,
    requiredDecelerationMps2: required,
    answers: byGeometry((geometry) => yieldAnswer(passage, meeting, geometry)),
  };
}

const byGeometry = <T>(of: (geometry: YieldGeometry) => T): Readonly<Record<YieldGeometry, T>> =>
  Object.fromEntries(YIELD_GEOMETRIES.map((geometry) => [geometry, of(geometry)])) as Record<
    YieldGeometry,
    T
  >;

/** To the thousandth; null where there is no number. */
const rounded = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : Math.round(value * 1000) / 1000;
