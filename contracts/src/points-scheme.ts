/**
 * What follows posted points under one law profile, as data: what an occasion may cost, how points go up again, which
 * letters are due. The profile of the same id says how many points an infraction costs and how the account counts.
 */
import { Type, type Static } from 'typebox';
import { lawHeader, Source } from './law-profile.ts';
import { Slug, TimeZone } from './units.ts';

const Sources = Type.Array(Slug, { minItems: 1, description: 'Ids of the sources this value rests on.' });
const closed = { additionalProperties: false } as const;
const Points = Type.Integer({ minimum: 1, maximum: 100 });
const Months = Type.Integer({ minimum: 1, maximum: 240 });
/** All that stands. */
const All = Type.Literal('all');

const Occasion = Type.Object(
  { most: Points, sources: Sources },
  { ...closed, description: 'The most that infractions of one encounter may cost together.' },
);

const Novice = Type.Object(
  {
    factor: Type.Integer({ minimum: 2, maximum: 5 }),
    years: Type.Integer({ minimum: 1, maximum: 10 }),
    sources: Sources,
  },
  {
    ...closed,
    description:
      'So many times the points within so many years of the first licence; never where its date is unknown.',
  },
);

const Cycle = Type.Object(
  { months: Months, onlyIfPaid: Type.Boolean(), sources: Sources },
  {
    ...closed,
    description:
      'At the end of each cycle, counted from the first licence, what stands is cleared if it is below the limit; ' +
      'with onlyIfPaid an entry whose fine is unpaid goes on into the next.',
  },
);

const Expiry = Type.Object(
  {
    from: Type.Union([Type.Literal('occurred'), Type.Literal('posted')]),
    after: Type.Array(Type.Object({ upToPoints: Points, months: Months }, closed), { minItems: 1 }),
    sources: Sources,
  },
  { ...closed, description: 'Each entry by itself; the first line whose upToPoints it does not exceed.' },
);

const Clean = Type.Object(
  {
    months: Months,
    points: Type.Union([Points, All]),
    entriesUpTo: Type.Optional(Points),
    repeats: Type.Boolean(),
    highest: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: 'What is not needed to restore is a bonus, up to this balance.',
      }),
    ),
    sources: Sources,
  },
  {
    ...closed,
    description:
      'So long without an infraction gives so many points back; entriesUpTo: only to entries that small.',
  },
);
export type CleanPeriod = Static<typeof Clean>;

const Course = Type.Object(
  {
    id: Slug,
    points: Type.Union([Points, All]),
    when: Type.Union([Type.Literal('below-limit'), Type.Literal('at-limit')]),
    sources: Sources,
  },
  closed,
);

const Education = Type.Object(
  {
    courses: Type.Array(Course, { minItems: 1 }),
    most: Type.Object(
      {
        points: Points,
        months: Type.Optional(Months),
        sources: Sources,
      },
      {
        ...closed,
        description:
          'Together within so many months, or within a cycle where none are named; "all" is not counted.',
      },
    ),
    upToStanding: Type.Optional(Points),
  },
  closed,
);

const Letter = Type.Object({ at: Points, letter: Slug, sources: Sources }, closed);

export const PointsTrack = Type.Object(
  {
    occasion: Type.Optional(Occasion),
    novice: Type.Optional(Novice),
    cycle: Type.Optional(Cycle),
    expiry: Type.Optional(Expiry),
    clean: Type.Optional(Type.Array(Clean, { minItems: 1 })),
    education: Type.Optional(Education),
    letters: Type.Optional(
      Type.Array(Letter, { minItems: 1, description: 'Due when so many points stand, posted.' }),
    ),
    restriction: Type.Optional(
      Type.Object(
        { days: Type.Integer({ minimum: 1, maximum: 3650 }), sources: Sources },
        {
          ...closed,
          description:
            'No purchase of tickets for so many days from when the objection window is over; by a person’s decision.',
        },
      ),
    ),
  },
  closed,
);
export type PointsTrack = Static<typeof PointsTrack>;

export const PointsScheme = Type.Object(
  {
    schema: Type.Literal('wayside.points-scheme.v1'),
    ...lawHeader,
    timeZone: Type.Object(
      { id: TimeZone, sources: Sources },
      { ...closed, description: 'In which days and cycles begin.' },
    ),
    sources: Type.Array(Source, { minItems: 1 }),
    road: PointsTrack,
    rail: PointsTrack,
  },
  { additionalProperties: false, $id: 'wayside.points-scheme.v1' },
);
export type PointsScheme = Static<typeof PointsScheme>;
