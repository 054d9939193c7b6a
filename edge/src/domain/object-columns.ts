/** The columns of one object while a batch is being gathered. */
import type { ObjectKind, ObservedObject } from '@wayside/contracts/observation-batch';
import type { PlateToken } from '@wayside/contracts/tokens';
import type { Quantised } from './quantise.ts';

/** One object in one frame, ready for a column. */
export interface Sighting {
  readonly track: string;
  readonly kind: ObjectKind;
  readonly plate?: PlateToken;
  readonly emergency: boolean;
  readonly at: Quantised;
}

export interface ObjectColumns {
  readonly track: string;
  readonly kind: ObjectKind;
  plate: PlateToken | undefined;
  emergency: boolean;
  lengthCm: number | undefined;
  widthCm: number | undefined;
  readonly frame: number[];
  readonly xCm: number[];
  readonly yCm: number[];
  readonly headingMrad: number[] | undefined;
  readonly speedCmps: number[] | undefined;
}

export function startColumns(sighting: Sighting, frame: number): ObjectColumns {
  const { track, kind, at } = sighting;
  const columns: ObjectColumns = {
    track,
    kind,
    plate: undefined,
    emergency: false,
    lengthCm: undefined,
    widthCm: undefined,
    frame: [],
    xCm: [],
    yCm: [],
    headingMrad: at.headingMrad === undefined ? undefined : [],
    speedCmps: at.speedCmps === undefined ? undefined : [],
  };
  extendColumns(columns, sighting, frame);
  return columns;
}

/**
 * Whether the sighting can stand in these columns with nothing lost: a column is whole or absent, and a batch has one
 * kind and one plate for an object. Where not, the batch ends before it.
 */
export function fitsColumns(columns: ObjectColumns, { kind, plate, at }: Sighting): boolean {
  return (
    columns.kind === kind &&
    (columns.plate === undefined || plate === undefined || columns.plate === plate) &&
    (columns.headingMrad === undefined) === (at.headingMrad === undefined) &&
    (columns.speedCmps === undefined) === (at.speedCmps === undefined)
  );
}

/** The size is the tracker's latest of the batch; blue lights count when seen in any frame. */
export function extendColumns(columns: ObjectColumns, sighting: Sighting, frame: number): void {
  const { plate, emergency, at } = sighting;
  columns.plate ??= plate;
  columns.emergency ||= emergency;
  columns.lengthCm = at.lengthCm ?? columns.lengthCm;
  columns.widthCm = at.widthCm ?? columns.widthCm;
  columns.frame.push(frame);
  columns.xCm.push(at.xCm);
  columns.yCm.push(at.yCm);
  if (at.headingMrad !== undefined) columns.headingMrad?.push(at.headingMrad);
  if (at.speedCmps !== undefined) columns.speedCmps?.push(at.speedCmps);
}

export function observedObject(columns: ObjectColumns): ObservedObject {
  const { track, kind, plate, emergency, lengthCm, widthCm, frame, xCm, yCm, headingMrad, speedCmps } =
    columns;
  return {
    track,
    kind,
    ...(plate !== undefined && { plate }),
    ...(emergency && { emergency }),
    ...(lengthCm !== undefined && { lengthCm }),
    ...(widthCm !== undefined && { widthCm }),
    frame,
    xCm,
    yCm,
    ...(headingMrad && { headingMrad }),
    ...(speedCmps && { speedCmps }),
  };
}
