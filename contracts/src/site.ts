/**
 * A site: one crosswalk with its geometry, as the camera operator measured it. All lengths in metres on the
 * site's own ground plane.
 */
import { Type, type Static } from 'typebox';
import { Point, Polygon, Polyline, Sha256, Slug, TimeZone } from './units.ts';

export const Lane = Type.Object(
  {
    id: Slug,
    centreline: Polyline,
    widthMetres: Type.Number({ minimum: 1.5, maximum: 8 }),
  },
  {
    additionalProperties: false,
    description: 'One traffic lane; the centreline runs in the direction of travel.',
  },
);

export const Approach = Type.Object(
  {
    id: Slug,
    headingRadians: Type.Number({ description: 'Direction of travel, counter-clockwise from +x.' }),
    stopLine: Type.Optional(
      Type.Tuple([Point, Point], {
        description: 'The painted stop line; where absent, the near edge of the crosswalk.',
      }),
    ),
    lanes: Type.Array(Lane, {
      maxItems: 8,
      description: 'Empty where the lanes are not painted or not surveyed.',
    }),
    speedLimitMps: Type.Optional(
      Type.Number({ minimum: 1, maximum: 60, description: 'Where absent, speed is not judged.' }),
    ),
    signal: Type.Optional(
      Type.Object(
        {
          group: Slug,
          greenArrow: Type.Optional(
            Type.Boolean({ description: 'The plate that allows a turn on red after a stop.' }),
          ),
        },
        {
          additionalProperties: false,
          description:
            'The signal group that governs this stop line, which must then be given: without a line nothing is passed.',
        },
      ),
    ),
  },
  { additionalProperties: false, description: 'One direction from which vehicles come to the crosswalk.' },
);

export const Site = Type.Object(
  {
    schema: Type.Literal('wayside.site.v1'),
    id: Slug,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    timeZone: TimeZone,
    location: Type.Optional(
      Type.Object(
        {
          latitude: Type.Number({ minimum: -90, maximum: 90 }),
          longitude: Type.Number({ minimum: -180, maximum: 180 }),
        },
        { additionalProperties: false },
      ),
    ),
    drivingSide: Type.Union([Type.Literal('right'), Type.Literal('left')]),
    jurisdiction: Type.Optional(
      Type.String({ description: 'Law profile of this site; the house default where absent.' }),
    ),
    devices: Type.Array(Slug, {
      minItems: 1,
      maxItems: 16,
      description: 'Devices that may speak for this site.',
    }),
    crosswalk: Polygon,
    crossingAxisRadians: Type.Number({
      description:
        'Direction in which pedestrians walk across the road, counter-clockwise from +x (either sense).',
    }),
    islands: Type.Array(Polygon, {
      maxItems: 4,
      description: 'Refuge islands; each splits the crosswalk in two.',
    }),
    approaches: Type.Array(Approach, { minItems: 1, maxItems: 8 }),
    attentionMetres: Type.Number({
      minimum: 5,
      maximum: 100,
      description: 'How far from the crosswalk a vehicle is followed.',
    }),
    positionSigmaMetres: Type.Number({
      minimum: 0,
      maximum: 5,
      description: 'Standard deviation of a tracked position at the crosswalk, from the calibration.',
    }),
    calibration: Type.Object(
      { validUntil: Type.Union([Type.String({ format: 'date' }), Type.Null()]) },
      {
        additionalProperties: false,
        description: 'Posting is blocked after this date; null where never calibrated.',
      },
    ),
    origin: Type.Union([Type.Literal('camera'), Type.Literal('recording'), Type.Literal('simulation')], {
      description: 'Where observations of this site come from; pages say so.',
    }),
  },
  { additionalProperties: false, $id: 'wayside.site.v1' },
);

export type Site = Static<typeof Site>;
export type Approach = Static<typeof Approach>;
export type Lane = Static<typeof Lane>;

/** Points at the geometry a message was measured in: the id and the SHA-256 of the site's canonical JSON. */
export const SiteRef = Type.Object({ id: Slug, version: Sha256 }, { additionalProperties: false });
export type SiteRef = Static<typeof SiteRef>;
