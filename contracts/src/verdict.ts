/**
 * The judgement of one encounter (one vehicle and all the pedestrians it met at one crosswalk) or of one conductor's
 * report, under one law profile. A verdict has one finding a rule that was in question.
 */
import { Type, type Static } from 'typebox';
import { RuleId, LawProfileRef, YieldGeometry } from './law-profile.ts';
import { ObjectKind } from './observation-batch.ts';
import { SeatRef } from './conductor-report.ts';
import { SiteRef } from './site.ts';
import { AccountId, PlateToken } from './tokens.ts';
import { EpochMs, Sha256, Slug, Uuid } from './units.ts';

export const Outcome = Type.Union([
  Type.Literal('infraction'),
  Type.Literal('clear'),
  Type.Literal('undecided'),
]);
export type Outcome = Static<typeof Outcome>;

/** Why a finding came out as it did; one list, so that pages and letters can say each in words. */
export const REASONS = [
  // infraction
  'went-ahead-of-pedestrian',
  'stood-on-crosswalk',
  'overtook-stopped-vehicle',
  'passed-red',
  'exceeded-limit',
  'refused-anothers-seat',
  // clear
  'gave-way',
  'no-conflict',
  'pedestrian-not-owed',
  'could-not-have-stopped',
  'stopped-for-pedestrian',
  'parked',
  'emergency-vehicle',
  'within-grace',
  'stopped-past-line',
  'turned-on-red',
  'within-tolerance',
  'moved-when-asked',
  'own-reservation',
  'not-asked',
  'no-overlap',
  // undecided
  'close-call',
  'track-broken',
  'track-too-short',
  'frame-rate-too-low',
  'pedestrian-intent-unclear',
  'recording-ended',
  'positions-too-uncertain',
  'clock-not-trusted',
  'signal-unknown',
  'turn-unclear',
  'had-the-green',
  'double-sale',
  'reservation-not-checked',
  'model-doubts',
  'model-suspects',
  'model-late',
] as const;
export const Reason = Type.Enum(REASONS);
export type Reason = (typeof REASONS)[number];

/**
 * What was measured between the vehicle and the pedestrian that decides the finding. Absent: not measurable.
 * PET, TTC: Allen et al. 1978, Hayward 1972. Required deceleration: v² / 2(d − v·reaction).
 */
export const Measures = Type.Object(
  {
    petSeconds: Type.Optional(
      Type.Number({
        description: 'From the first leaving the conflict area to the second entering; negative: overlap.',
      }),
    ),
    firstThrough: Type.Optional(Type.Union([Type.Literal('vehicle'), Type.Literal('pedestrian')])),
    ttcSeconds: Type.Optional(
      Type.Number({ description: 'Smallest time to collision at unchanged course and speed.' }),
    ),
    minDistanceMetres: Type.Optional(
      Type.Number({ description: 'Smallest gap between footprint and body.' }),
    ),
    entrySpeedMps: Type.Optional(
      Type.Number({ description: 'Vehicle speed as its front enters the crosswalk.' }),
    ),
    minSpeedMps: Type.Optional(
      Type.Number({
        description: 'Smallest vehicle speed in the 3 s before its entry to the conflict area.',
      }),
    ),
    maxSpeedMps: Type.Optional(Type.Number()),
    pedestrianSpeedMps: Type.Optional(Type.Number()),
    requiredDecelerationMps2: Type.Optional(
      Type.Number({
        description: 'To stop short of the crosswalk from where the vehicle was when the way became owed.',
      }),
    ),
    stoppedSeconds: Type.Optional(Type.Number({ description: 'Time at rest on the crosswalk.' })),
    framesPerSecond: Type.Optional(Type.Number()),
    redSeconds: Type.Optional(
      Type.Number({ description: 'From red to the front passing the stop line, as measured.' }),
    ),
    redUncertaintySeconds: Type.Optional(
      Type.Number({ description: 'Deducted from it: place, size and both clocks.' }),
    ),
    lineSpeedMps: Type.Optional(Type.Number({ description: 'Vehicle speed at the stop line.' })),
    speedMps: Type.Optional(Type.Number({ description: 'Mean speed over a stretch of the approach.' })),
    speedUncertaintyMps: Type.Optional(Type.Number({ description: 'Standard uncertainty of speedMps.' })),
    deductedMps: Type.Optional(
      Type.Number({ description: 'Taken off speedMps: its uncertainty and the law’s own tolerance.' }),
    ),
    limitMps: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
);
export type Measures = Static<typeof Measures>;

/** The three key moments kept as evidence, device clock. Absent where the recording does not hold them. */
export const KeyMoments = Type.Object(
  {
    approachMs: Type.Optional(EpochMs),
    entryMs: Type.Optional(EpochMs),
    exitMs: Type.Optional(EpochMs),
    lineMs: Type.Optional(EpochMs),
  },
  { additionalProperties: false },
);
export type KeyMoments = Static<typeof KeyMoments>;

/** What the rule alone said, where the model's opinion changed what stands. */
export const Ruled = Type.Object(
  { outcome: Outcome, reason: Reason, explanation: Type.String() },
  { additionalProperties: false },
);
export type Ruled = Static<typeof Ruled>;

export const Finding = Type.Object(
  {
    ruled: Type.Optional(Ruled),
    rule: RuleId,
    outcome: Outcome,
    reason: Reason,
    explanation: Type.String({
      description: 'The reason in words, with the measured values and thresholds.',
    }),
    pedestrianTracks: Type.Array(Type.String(), {
      description: 'Whom this finding is about, the decisive one first.',
    }),
    measures: Measures,
    points: Type.Integer({
      minimum: 0,
      description: 'Due under the profile if this is an infraction; else 0.',
    }),
  },
  { additionalProperties: false },
);
export type Finding = Static<typeof Finding>;

/** What the model made of one finding. */
export const Opinion = Type.Object(
  {
    rule: RuleId,
    probability: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'Calibrated probability of an infraction, to the thousandth.',
    }),
    influences: Type.Array(
      Type.Object(
        {
          group: Type.String({ description: 'A group of inputs, in words.' }),
          logOdds: Type.Number({
            description: 'How far it moved the score; positive: towards an infraction.',
          }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 16, description: 'The strongest first.' },
    ),
  },
  { additionalProperties: false },
);
export type Opinion = Static<typeof Opinion>;

/** Which model was asked, and what it said. With it and the rules, the decision can be made again. */
export const ModelOpinions = Type.Object(
  {
    sha256: Sha256,
    state: Type.Union([Type.Literal('scored'), Type.Literal('late')], {
      description: 'late: it did not answer in time, and nothing is held on the rule alone.',
    }),
    steady: Type.Boolean({ description: 'Whether the site’s positions are as certain as the profile asks.' }),
    opinions: Type.Array(Opinion, { maxItems: 3 }),
    review: Type.Boolean({ description: 'Whether a person should look at it.' }),
  },
  { additionalProperties: false },
);
export type ModelOpinions = Static<typeof ModelOpinions>;

const common = {
  id: Uuid,
  outcome: Outcome,
  occurredAtMs: EpochMs,
  profile: LawProfileRef,
  judge: Type.String({ description: 'Version of the judging code.' }),
  device: Slug,
  bootId: Type.String(),
  findings: Type.Array(Finding, { minItems: 1 }),
};

export const EncounterVerdict = Type.Object(
  {
    kind: Type.Literal('encounter'),
    ...common,
    site: SiteRef,
    geometry: YieldGeometry,
    window: Type.Object({ fromMs: EpochMs, toMs: EpochMs }, { additionalProperties: false }),
    vehicle: Type.Object(
      {
        track: Type.String(),
        kind: ObjectKind,
        plate: Type.Optional(PlateToken),
        lengthMetres: Type.Number(),
        widthMetres: Type.Number(),
      },
      { additionalProperties: false },
    ),
    pedestrianTracks: Type.Array(Type.String(), { description: 'Every pedestrian of the encounter.' }),
    moments: KeyMoments,
    model: Type.Optional(ModelOpinions),
  },
  { additionalProperties: false, $id: 'wayside.encounter-verdict.v1' },
);
export type EncounterVerdict = Static<typeof EncounterVerdict>;

export const ReportVerdict = Type.Object(
  {
    kind: Type.Literal('report'),
    ...common,
    seat: SeatRef,
    account: Type.Optional(AccountId),
  },
  { additionalProperties: false, $id: 'wayside.report-verdict.v1' },
);
export type ReportVerdict = Static<typeof ReportVerdict>;

export const Verdict = Type.Union([EncounterVerdict, ReportVerdict]);
export type Verdict = Static<typeof Verdict>;

/** The path of one object over the window of an encounter, as columns; centimetres and ms after `startMs`. */
export const TrackSegment = Type.Object(
  {
    track: Type.String(),
    kind: ObjectKind,
    startMs: EpochMs,
    dtMs: Type.Array(Type.Integer()),
    xCm: Type.Array(Type.Integer()),
    yCm: Type.Array(Type.Integer()),
    headingMrad: Type.Optional(Type.Array(Type.Integer())),
    speedCmps: Type.Optional(Type.Array(Type.Integer())),
    lengthCm: Type.Optional(Type.Integer()),
    widthCm: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
);
export type TrackSegment = Static<typeof TrackSegment>;
