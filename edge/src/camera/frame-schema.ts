/** The frame of a tracker as one line of NDJSON. Unknown fields are faults, so that a misspelt one does not go unnoticed. */
import { ObjectKind, ObservedObject } from '@wayside/contracts/observation-batch';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Frame } from './frame-source.ts';

const SeenObjectLine = Type.Object(
  {
    track: ObservedObject.properties.track,
    kind: ObjectKind,
    xMetres: Type.Number(),
    yMetres: Type.Number(),
    headingRadians: Type.Optional(Type.Number()),
    speedMps: Type.Optional(Type.Number()),
    lengthMetres: Type.Optional(Type.Number()),
    widthMetres: Type.Optional(Type.Number()),
    emergency: Type.Optional(Type.Boolean()),
    plateText: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
);

const FrameLine = Type.Object(
  { timeMs: Type.Number({ minimum: 0 }), objects: Type.Array(SeenObjectLine, { maxItems: 5000 }) },
  { additionalProperties: false },
);

const validator = Compile(FrameLine);

export type ParsedFrame =
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** `value` is what could be read of it; the reason quotes nothing of the line, which may hold a plate. */
  | { readonly kind: 'bad'; readonly reason: string; readonly value?: unknown };

export function parseFrame(text: string): ParsedFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'bad', reason: 'not JSON' };
  }
  if (validator.Check(value)) return { kind: 'frame', frame: value };
  const [error] = validator.Errors(value);
  return { kind: 'bad', reason: `${error?.instancePath || '/'} ${error?.message ?? 'does not fit'}`, value };
}
