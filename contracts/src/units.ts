/** Schemas of the quantities that cross a boundary. The unit is always part of the field's name. */
import { Type } from 'typebox';

/** Metres on the site's ground plane: x to the east of the site's origin, y to its north, z ignored. */
export const Point = Type.Tuple([Type.Number(), Type.Number()], {
  description: 'Ground-plane point [x, y] in metres, in the frame of the site.',
});
export const Polygon = Type.Array(Point, { minItems: 3, maxItems: 64 });
export const Polyline = Type.Array(Point, { minItems: 2, maxItems: 256 });

/** Milliseconds since 1970-01-01T00:00:00Z, as the clock of the device (or of the house, where said) had it. */
export const EpochMs = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });

export const Sha256 = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256, lower-case hexadecimal.',
});
export const Uuid = Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' });

/** Names that become parts of topics and file names: lower case, digits, hyphen and underscore. */
export const Slug = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' });
export const TimeZone = Type.String({
  pattern: '^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$',
  description: 'IANA time zone.',
});
