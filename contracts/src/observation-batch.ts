/**
 * What a camera saw in about a second: frames, and for each object the frames it was in, as columns
 * (a 40-point track is 1,020 bytes as columns and 2,571 as rows, and 3-5 times faster to read).
 * Positions are whole centimetres of the site's ground plane, headings milliradians, speeds centimetres a second.
 */
import { Type, type Static } from 'typebox';
import { Envelope, MESSAGE_TYPES } from './envelope.ts';
import { SiteRef } from './site.ts';
import { PlateToken } from './tokens.ts';
import { EpochMs } from './units.ts';

export const MAX_FRAMES = 600;
export const MAX_OBJECTS = 500;

export const ObjectKind = Type.Union([
  Type.Literal('car'),
  Type.Literal('van'),
  Type.Literal('truck'),
  Type.Literal('bus'),
  Type.Literal('motorcycle'),
  Type.Literal('bicycle'),
  Type.Literal('pedestrian'),
]);
export type ObjectKind = Static<typeof ObjectKind>;

/** The two classes of objects; a track id is unique within its class only. */
export type ObjectClass = 'vehicle' | 'pedestrian';
export const classOf = (kind: ObjectKind): ObjectClass => (kind === 'pedestrian' ? 'pedestrian' : 'vehicle');
/** @returns a key that no two objects of one boot share; for maps, never shown. */
export const trackKey = (kind: ObjectKind, track: string): string => `${classOf(kind)}/${track}`;

const column = (minimum: number, maximum: number, description: string) =>
  Type.Array(Type.Integer({ minimum, maximum }), { minItems: 1, maxItems: MAX_FRAMES, description });

export const ObservedObject = Type.Object(
  {
    track: Type.String({
      pattern: '^[A-Za-z0-9_.-]{1,40}$',
      description:
        "The tracker's id, unique within a boot among objects of its class: vehicles and pedestrians may be numbered " +
        'each from 0, as recordings do.',
    }),
    kind: ObjectKind,
    plate: Type.Optional(PlateToken),
    emergency: Type.Optional(Type.Boolean({ description: 'Blue lights seen.' })),
    lengthCm: Type.Optional(Type.Integer({ minimum: 20, maximum: 3000 })),
    widthCm: Type.Optional(Type.Integer({ minimum: 20, maximum: 500 })),
    confidence: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: "The detector's own, mean over the batch." }),
    ),
    frame: column(0, MAX_FRAMES - 1, 'Index into `frames.dtMs`, strictly increasing.'),
    xCm: column(-100_000, 100_000, "Centre of the vehicle's footprint, or of the pedestrian's body."),
    yCm: column(-100_000, 100_000, 'As xCm.'),
    headingMrad: Type.Optional(column(-6284, 6284, 'Counter-clockwise from +x.')),
    speedCmps: Type.Optional(column(0, 10_000, 'Ground speed.')),
  },
  { additionalProperties: false },
);
export type ObservedObject = Static<typeof ObservedObject>;

export const ClockStatus = Type.Object(
  {
    state: Type.Union([
      Type.Literal('synchronised'),
      Type.Literal('holdover'),
      Type.Literal('unsynchronised'),
    ]),
    maxErrorMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
  },
  {
    additionalProperties: false,
    description: 'UK SI 2022/71 wants ±10 s over 14 days; a case says what it was.',
  },
);
export type ClockStatus = Static<typeof ClockStatus>;

export const ObservationBatch = Type.Object(
  {
    site: SiteRef,
    clock: ClockStatus,
    frames: Type.Object(
      {
        startMs: EpochMs,
        dtMs: Type.Array(Type.Integer({ minimum: 0, maximum: 60_000 }), {
          minItems: 1,
          maxItems: MAX_FRAMES,
          description:
            'Time of each frame after startMs, strictly increasing. Frames without objects are listed too.',
        }),
      },
      { additionalProperties: false },
    ),
    objects: Type.Array(ObservedObject, { maxItems: MAX_OBJECTS }),
  },
  { additionalProperties: false },
);
export type ObservationBatch = Static<typeof ObservationBatch>;

export const ObservationMessage = Envelope(MESSAGE_TYPES.observations, ObservationBatch);
export type ObservationMessage = Static<typeof ObservationMessage>;

/** The rules of a batch that JSON Schema cannot say. @returns the first fault in words, or undefined. */
export function batchFault(batch: ObservationBatch): string | undefined {
  const { dtMs } = batch.frames;
  if (!increasing(dtMs)) return '/frames/dtMs must be strictly increasing';
  const seen = new Set<string>();
  for (const [index, object] of batch.objects.entries()) {
    const fault = objectFault(object, dtMs.length);
    if (fault) return `/objects/${index}/${fault}`;
    const key = trackKey(object.kind, object.track);
    if (seen.has(key)) return `/objects/${index}/track "${key}" stands twice in one batch`;
    seen.add(key);
  }
  return undefined;
}

function objectFault(object: ObservedObject, frameCount: number): string | undefined {
  const length = object.frame.length;
  for (const name of ['xCm', 'yCm', 'headingMrad', 'speedCmps'] as const) {
    const values = object[name];
    if (values !== undefined && values.length !== length)
      return `${name} has ${values.length} values where frame has ${length}`;
  }
  if (!increasing(object.frame)) return 'frame must be strictly increasing';
  if ((object.frame[length - 1] ?? 0) >= frameCount)
    return `frame names a frame beyond the ${frameCount} of this batch`;
  return undefined;
}

function increasing(values: readonly number[]): boolean {
  for (let i = 1; i < values.length; i++)
    if ((values[i] as number) <= (values[i - 1] as number)) return false;
  return true;
}

/** How many observations (one object in one frame) a batch holds. */
export const countObservations = (batch: ObservationBatch): number =>
  batch.objects.reduce((sum, object) => sum + object.frame.length, 0);
