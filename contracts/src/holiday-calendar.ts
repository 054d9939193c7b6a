/** The days on which offices are closed, as data, for legal clocks. Dates have no moment: a site's time zone gives them one. */
import { Type, type Static } from 'typebox';
import { Source } from './law-profile.ts';
import { Slug } from './units.ts';

const IsoDate = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const NamedDay = Type.Object(
  { date: IsoDate, name: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);

export const HolidayCalendar = Type.Object(
  {
    schema: Type.Literal('wayside.holiday-calendar.v1'),
    id: Slug,
    title: Type.String(),
    covers: Type.Object(
      { from: IsoDate, to: IsoDate },
      {
        additionalProperties: false,
        description:
          'First and last day the lists are complete for. What ends after it is never decided on a guess.',
      },
    ),
    weekend: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
      uniqueItems: true,
      maxItems: 6,
      description: 'ISO 8601 weekdays that are no working days; 7 is Sunday.',
    }),
    holidays: Type.Array(NamedDay, { description: 'Days off, besides the weekend.' }),
    workedWeekends: Type.Array(NamedDay, {
      description: 'Weekend days that are worked, in exchange for another.',
    }),
    sources: Type.Array(Source, { minItems: 1 }),
  },
  { additionalProperties: false, $id: 'wayside.holiday-calendar.v1' },
);
export type HolidayCalendar = Static<typeof HolidayCalendar>;
