/**
 * The terms of a jurisdiction for red lights and speed. A profile without them does not judge them. Lengths of time in
 * seconds; speeds in km/h, because that is how these laws are written, and whoever checks them reads them.
 */
import { Type, type Static } from 'typebox';
import { Slug } from './units.ts';

const Sources = Type.Array(Slug, { minItems: 1 });
const Points = Type.Integer({ minimum: 0, maximum: 20, description: '0: recorded, but nothing is held.' });
const CoverageFactor = Type.Number({
  minimum: 1,
  maximum: 5,
  description: 'How many standard uncertainties of the measurement are taken off in the driver’s favour.',
});

export const RedLightTerms = Type.Object(
  {
    graceSeconds: Type.Number({
      minimum: 0,
      maximum: 5,
      description: 'So long after red began passing the line is not held against anybody.',
    }),
    completeAt: Type.Union([Type.Literal('stop-line'), Type.Literal('crosswalk')], {
      description:
        'What must be passed for it to be running a red light: who stops between the two did something else.',
    }),
    redAmber: Type.Union([Type.Literal('as-red'), Type.Literal('not-judged')], {
      description: 'Red and amber together, before green.',
    }),
    nearTurn: Type.Union(
      [
        Type.Literal('forbidden'),
        Type.Literal('unhindered'),
        Type.Literal('after-stop'),
        Type.Literal('green-arrow'),
      ],
      {
        description:
          'Turning on red to the near side (right where traffic keeps right). unhindered: allowed to who hinders nobody. ' +
          'after-stop: after a full stop, giving way. green-arrow: the same, where the site has the plate.',
      },
    ),
    coverageFactor: CoverageFactor,
    maxClockErrorMs: Type.Integer({
      minimum: 0,
      maximum: 10_000,
      description:
        'How far apart the clocks of camera and controller may be; taken also where one is synchronised and says no bound.',
    }),
    bands: Type.Array(
      Type.Object(
        {
          fromSeconds: Type.Number({ minimum: 0, maximum: 60, description: 'Of red, as deducted.' }),
          points: Points,
          sources: Sources,
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 4 },
    ),
    sources: Sources,
  },
  { additionalProperties: false },
);
export type RedLightTerms = Static<typeof RedLightTerms>;

const margin = (description: string) =>
  Type.Object(
    {
      kmh: Type.Number({ minimum: 0, maximum: 30 }),
      share: Type.Number({ minimum: 0, maximum: 0.3 }),
    },
    { additionalProperties: false, description },
  );

export const SpeedingTerms = Type.Object(
  {
    coverageFactor: CoverageFactor,
    deducted: margin(
      'The law’s own tolerance, taken off besides: so many km/h, or that share of the measured speed, the larger.',
    ),
    enforcedFrom: margin('Over the limit, both together: below it nobody is accused.'),
    bandsIn: Type.Union([Type.Literal('kmh'), Type.Literal('share')], {
      description: 'Whether `from` is km/h over the limit, or a share of it.',
    }),
    bands: Type.Array(
      Type.Object(
        { from: Type.Number({ minimum: 0, maximum: 200 }), points: Points, sources: Sources },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 8 },
    ),
    sources: Sources,
  },
  { additionalProperties: false },
);
export type SpeedingTerms = Static<typeof SpeedingTerms>;
