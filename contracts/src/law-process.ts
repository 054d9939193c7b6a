/**
 * How a case goes under one law profile, as data: its stages, the period of each, what happens when a period lapses,
 * who must look twice. The profile of the same id says what is an infraction; this says what must follow it. Every
 * period names its sources; where the law read so far names nothing, ten calendar days, the last day rolling on.
 */
import { Type, type Static } from 'typebox';
import { lawHeader, Source } from './law-profile.ts';
import { Slug, TimeZone } from './units.ts';

/** In the only order the state machine knows; a track leaves out what its law does not have. */
export const STAGES = [
  'review',
  'keeper-notice',
  'naming',
  'notice',
  'appeal',
  'second-appeal',
  'posting',
] as const;
export type Stage = (typeof STAGES)[number];

/** What a period may be counted from. Each is the day something was done or delivered, never the day it was due. */
export const MOMENTS = [
  'occurred',
  'opened',
  'first-reviewed',
  'confirmed',
  'keeper-notified',
  'identified',
  'noticed',
  'appealed',
  'dismissed',
  'decision-notified',
  'appealed-again',
] as const;
export type Moment = (typeof MOMENTS)[number];

/**
 * release: the points go back, the case ends · escalate: nothing changes, a superior is called · finalise: no remedy is
 * left · uphold: the appeal counts as right, because nobody decided it.
 */
export const LAPSES = ['release', 'escalate', 'finalise', 'uphold'] as const;
export type Lapse = (typeof LAPSES)[number];

const Sources = Type.Array(Slug, { minItems: 1, description: 'Ids of the sources this value rests on.' });
const closed = { additionalProperties: false } as const;

export const Period = Type.Object(
  {
    days: Type.Integer({ minimum: 1, maximum: 3650, description: 'The day it is counted from is day 0.' }),
    dayKind: Type.Union([Type.Literal('calendar'), Type.Literal('working')]),
    from: Type.Enum(MOMENTS),
    rollsOn: Type.Boolean({ description: 'A last day that is no working day moves to the next that is.' }),
    pausedByAppeal: Type.Optional(
      Type.Boolean({ description: 'Days on which an appeal was open do not count.' }),
    ),
    onLapse: Type.Enum(LAPSES),
    sources: Sources,
  },
  closed,
);
export type Period = Static<typeof Period>;

export const PERIODS = [
  'review',
  'secondReview',
  'keeperNotice',
  'naming',
  'notice',
  'appeal',
  'decision',
  'decisionNotice',
  'secondAppeal',
  'secondDecision',
] as const;
export type PeriodName = (typeof PERIODS)[number];

const Periods = Type.Object(
  {
    review: Type.Optional(Period),
    secondReview: Type.Optional(Period),
    keeperNotice: Type.Optional(Period),
    naming: Type.Optional(Period),
    notice: Type.Optional(Period),
    appeal: Type.Optional(Period),
    decision: Type.Optional(Period),
    decisionNotice: Type.Optional(Period),
    secondAppeal: Type.Optional(Period),
    secondDecision: Type.Optional(Period),
  },
  closed,
);

const PerMille = Type.Integer({ minimum: 0, maximum: 1000 });

export const ProcessTrack = Type.Object(
  {
    stages: Type.Array(Type.Enum(STAGES), { minItems: 1, maxItems: STAGES.length }),
    driver: Type.Object(
      {
        identifiedBy: Type.Union([Type.Literal('keeper-names'), Type.Literal('ticket-shown')], {
          description: 'The keeper of a vehicle is not its driver: points need a named person.',
        }),
        sources: Sources,
      },
      closed,
    ),
    periods: Periods,
    secondReview: Type.Object(
      {
        confirmedPerMille: PerMille,
        rejectedPerMille: PerMille,
        sources: Sources,
      },
      {
        ...closed,
        description: 'How many decisions of a reviewer another one repeats, without seeing them.',
      },
    ),
    assignment: Type.Object(
      { minutes: Type.Integer({ minimum: 1, maximum: 10_080 }), sources: Sources },
      { ...closed, description: 'How long a case is one officer’s alone.' },
    ),
    deviceErrors: Type.Object(
      {
        limitPerMille: PerMille,
        minimumDecided: Type.Integer({ minimum: 1, maximum: 10_000 }),
        window: Type.Integer({ minimum: 1, maximum: 10_000, description: 'The newest so many that count.' }),
        sources: Sources,
      },
      {
        ...closed,
        description: 'More wrong than this, among at least so many decided, and a device is suspended.',
      },
    ),
    duplicates: Type.Object(
      { withinSeconds: Type.Integer({ minimum: 0, maximum: 600 }), sources: Sources },
      {
        ...closed,
        description:
          'Same account, site and rule within this of each other, from two devices: one event. 0: never.',
      },
    ),
  },
  closed,
);
export type ProcessTrack = Static<typeof ProcessTrack>;

export const LawProcess = Type.Object(
  {
    schema: Type.Literal('wayside.law-process.v1'),
    ...lawHeader,
    calendar: Type.Object(
      { id: Slug, sources: Sources },
      { ...closed, description: 'Whose holidays count.' },
    ),
    timeZone: Type.Object(
      { id: TimeZone, sources: Sources },
      { ...closed, description: 'Of cases that have no site: reports from a train.' },
    ),
    sources: Type.Array(Source, { minItems: 1 }),
    road: ProcessTrack,
    rail: ProcessTrack,
  },
  { additionalProperties: false, $id: 'wayside.law-process.v1' },
);
export type LawProcess = Static<typeof LawProcess>;
