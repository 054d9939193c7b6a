/**
 * One jurisdiction's rules as data: what counts as an infraction, the points, how an account counts, the clocks.
 * Every value names its source; `reviewedBy` stays null until a lawyer has read the profile.
 */
import { Type, type Static } from 'typebox';
import { RedLightTerms, SpeedingTerms } from './law-signals.ts';
import { Slug } from './units.ts';

export const RULES = [
  'fail-to-yield',
  'stop-on-crosswalk',
  'overtake-at-crosswalk',
  'red-light',
  'speeding',
  'seat-refusal',
] as const;
export const RuleId = Type.Enum(RULES);
export type RuleId = (typeof RULES)[number];

export const YIELD_GEOMETRIES = [
  'lane-and-half',
  'own-and-next-lane',
  'half-road',
  'whole-crossing',
] as const;
export const YieldGeometry = Type.Enum(YIELD_GEOMETRIES, {
  description:
    'Where a pedestrian must be for the driver to owe the way. lane-and-half: in the vehicle’s lane widened by half a ' +
    'lane on each side. own-and-next-lane: in the vehicle’s lane or the next. half-road: on the vehicle’s half, or ' +
    'about to enter it. whole-crossing: anywhere on it; a refuge island makes two crossings.',
});
export type YieldGeometry = (typeof YIELD_GEOMETRIES)[number];

export const Source = Type.Object(
  {
    id: Slug,
    title: Type.String(),
    clause: Type.Optional(Type.String()),
    standing: Type.Union(
      [
        Type.Literal('statute-read'),
        Type.Literal('secondary'),
        Type.Literal('unverified'),
        Type.Literal('project-rule'),
      ],
      { description: 'How far the text itself was read when this profile was written.' },
    ),
  },
  { additionalProperties: false },
);

const Sources = Type.Array(Slug, {
  minItems: 1,
  description: 'Ids of the sources that this value rests on.',
});

const RuleTerms = Type.Object(
  {
    points: Type.Integer({ minimum: 0, maximum: 20, description: '0: recorded, but nothing is held.' }),
    sources: Sources,
  },
  { additionalProperties: false },
);

const surety = {
  holdFrom: Type.Number({
    minimum: 0.5,
    maximum: 1,
    description:
      'Where the camera is steady and the lanes are drawn: a hold stands from here on; below it a person looks.',
  }),
  holdFromUnsteady: Type.Number({
    minimum: 0.5,
    maximum: 1,
    description:
      'The same where positions are less certain than steadyMetres, or an approach has no lanes drawn.',
  }),
};

const RuleDecision = Type.Object(
  {
    ...surety,
    confirms: Type.Record(Type.String(), Type.Object(surety, { additionalProperties: false }), {
      description:
        'Reasons of an undecided rule that are doubts about what was seen, not about the law, and how sure the model must ' +
        'be to settle each. Empty: whatever the rule is unsure of goes to a person.',
    }),
  },
  { additionalProperties: false },
);

/** How rule and model make a decision together. Probabilities are the model's, calibrated. */
const Decision = Type.Object(
  {
    origins: Type.Array(
      Type.Union([Type.Literal('camera'), Type.Literal('recording'), Type.Literal('simulation')]),
      {
        description:
          'Sites whose verdicts the model is asked about. Others stand on the rules alone: a recording is replayed to ' +
          'see what the rules make of it, and the model has learnt from nothing like it.',
      },
    ),
    steadyMetres: Type.Number({
      minimum: 0,
      maximum: 5,
      description:
        'Standard deviation of a position, from the site’s calibration, up to which a camera is steady.',
    }),
    rules: Type.Object(
      {
        'fail-to-yield': RuleDecision,
        'stop-on-crosswalk': RuleDecision,
        'overtake-at-crosswalk': RuleDecision,
      },
      { additionalProperties: false },
    ),
    reviewFrom: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'From here on a person looks, whatever the rule says.',
    }),
    deadlineMs: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: 'How long a batch of verdicts waits for the model.',
    }),
    sources: Sources,
  },
  { additionalProperties: false },
);

/** What every document of law begins with, besides its schema. */
export const lawHeader = {
  id: Slug,
  version: Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.[0-9]+)?$',
    description: 'Date of this wording.',
  }),
  title: Type.String(),
  reviewedBy: Type.Union([Type.String(), Type.Null()]),
};

export const LawProfile = Type.Object(
  {
    schema: Type.Literal('wayside.law-profile.v1'),
    ...lawHeader,
    sources: Type.Array(Source, { minItems: 1 }),
    road: Type.Object(
      {
        account: Type.Object(
          {
            counts: Type.Union([Type.Literal('down'), Type.Literal('up')]),
            initial: Type.Integer({ minimum: 0, maximum: 100 }),
            limit: Type.Integer({
              minimum: 0,
              maximum: 100,
              description:
                'The balance at which the licence is withheld: 0 counting down, the maximum counting up.',
            }),
            sources: Sources,
          },
          { additionalProperties: false },
        ),
        yield: Type.Object(
          {
            geometry: YieldGeometry,
            owedTo: Type.Union([Type.Literal('on-crosswalk'), Type.Literal('on-or-about-to-cross')]),
            sources: Sources,
          },
          { additionalProperties: false },
        ),
        rules: Type.Object(
          { 'fail-to-yield': RuleTerms, 'stop-on-crosswalk': RuleTerms, 'overtake-at-crosswalk': RuleTerms },
          { additionalProperties: false },
        ),
        thresholds: Type.Object(
          {
            comfortableDecelerationMps2: Type.Number({ exclusiveMinimum: 0, maximum: 9 }),
            reactionSeconds: Type.Number({ minimum: 0, maximum: 3 }),
            stoppedMps: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
            yieldedMps: Type.Number({
              exclusiveMinimum: 0,
              maximum: 5,
              description:
                'A vehicle slower than this ahead of the pedestrian’s path is taken to be giving way.',
            }),
            maxPetSeconds: Type.Number({
              exclusiveMinimum: 0,
              maximum: 10,
              description: 'Post-encroachment time beyond which the two did not interfere.',
            }),
            clearPetSeconds: Type.Number({
              exclusiveMinimum: 0,
              maximum: 10,
              description:
                'Below it (vehicle first) the driver clearly went ahead; between it and max the case is doubtful.',
            }),
            stopOnCrosswalkSeconds: Type.Number({ exclusiveMinimum: 0, maximum: 60 }),
            minimumFramesPerSecond: Type.Number({ minimum: 1, maximum: 60 }),
            sources: Sources,
          },
          { additionalProperties: false },
        ),
        redLight: Type.Optional(RedLightTerms),
        speeding: Type.Optional(SpeedingTerms),
        decision: Type.Optional(Decision),
      },
      { additionalProperties: false },
    ),
    rail: Type.Object(
      {
        account: Type.Object(
          {
            counts: Type.Literal('up'),
            initial: Type.Literal(0),
            limit: Type.Integer({ minimum: 1, maximum: 100 }),
            sources: Sources,
          },
          { additionalProperties: false },
        ),
        rules: Type.Object({ 'seat-refusal': RuleTerms }, { additionalProperties: false }),
      },
      { additionalProperties: false },
    ),
    appeal: Type.Object(
      {
        days: Type.Integer({ minimum: 1, maximum: 365 }),
        dayKind: Type.Union([Type.Literal('calendar'), Type.Literal('working')]),
        lastDayRollsOn: Type.Boolean(),
        sources: Sources,
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, $id: 'wayside.law-profile.v1' },
);
export type LawProfile = Static<typeof LawProfile>;

export const LawProfileRef = Type.Object(
  { id: Slug, version: Type.String() },
  { additionalProperties: false },
);
export type LawProfileRef = Static<typeof LawProfileRef>;
