/** One row of a mapped track CSV, in SI units. */
import type { SeenObject } from '@wayside/edge/camera/frame-source';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { normaliseAngle, numberField, POSITION_BOUND_METRES, SPEED_BOUND_MPS } from './number-field.ts';
import type { TrackMap } from './track-map.ts';

const METRES = { m: 1, cm: 0.01, mm: 0.001, ft: 0.3048 } as const;
const MPS = { 'm/s': 1, 'km/h': 1 / 3.6, mph: 0.44704, 'cm/s': 0.01 } as const;
const RADIANS = { rad: 1, deg: Math.PI / 180 } as const;
const TRACK = /^[A-Za-z0-9_.-]{1,40}$/;
const MAX_TIME = 1e10;

export interface TrackRow {
  /** Frame number, or ms where the map has no frames. */
  readonly time: number;
  readonly object: SeenObject;
}

export type RowReader = (fields: readonly string[]) => TrackRow | string;

/** @returns a reader for rows below this header, or what the header lacks. */
export function trackRowReader(map: TrackMap, clip: string, header: readonly string[]): RowReader | string {
  const missing = Object.values(map.columns).filter((name) => !header.includes(name));
  if (missing.length > 0)
    return `the header lacks ${missing.map((name) => `"${name}"`).join(', ')}; it has ${header.join(', ')}`;
  const at = (fields: readonly string[], column: keyof TrackMap['columns']): string | undefined => {
    const name = map.columns[column];
    return name === undefined ? undefined : fields[header.indexOf(name)];
  };
  return (fields) => readRow(map, clip, (column) => at(fields, column));
}

type Field = (column: keyof TrackMap['columns']) => string | undefined;

function readRow(map: TrackMap, clip: string, field: Field): TrackRow | string {
  const track = field('track') ?? '';
  if (!TRACK.test(track))
    return `track "${track.slice(0, 40)}" is not 1 to 40 letters, digits, "_", "." or "-"`;
  const kind = kindOf(map, field('kind'));
  if (kind === undefined) return `kind "${(field('kind') ?? '').slice(0, 40)}" is not among the map's kinds`;
  const time = timeOf(map, field('time'));
  if (time === undefined)
    return `time "${(field('time') ?? '').slice(0, 40)}" is no ${map.units.time} number from 0`;
  const place = placeOf(map, field);
  if (place === undefined) return `x or y is no number within ±${POSITION_BOUND_METRES} m`;
  const motion = motionOf(map, field);
  if (typeof motion === 'string') return motion;
  const plate = kind === 'pedestrian' ? {} : { plateText: field('plate') || `recording/${clip}/${track}` };
  return { time, object: { track, kind, ...place, ...motion, ...plate } };
}

type Place = Pick<SeenObject, 'xMetres' | 'yMetres'>;

function placeOf(map: TrackMap, field: Field): Place | undefined {
  const scale = METRES[map.units.position];
  const xMetres = scaled(field('x'), scale, POSITION_BOUND_METRES);
  const y = scaled(field('y'), scale, POSITION_BOUND_METRES);
  if (xMetres === undefined || y === undefined) return undefined;
  return { xMetres, yMetres: map.yAxis === 'down' ? -y : y };
}

const kindOf = (map: TrackMap, word: string | undefined): ObjectKind | undefined =>
  map.columns.kind === undefined ? map.defaultKind : (map.kinds?.[word ?? ''] ?? map.defaultKind);

function timeOf(map: TrackMap, text: string | undefined): number | undefined {
  const value = numberField(text, 0, MAX_TIME);
  if (value === undefined) return undefined;
  if (map.units.time === 'frame') return Number.isInteger(value) ? value : undefined;
  return Math.round(map.units.time === 's' ? value * 1000 : value);
}

function scaled(text: string | undefined, scale: number, bound: number): number | undefined {
  const value = numberField(text, -bound / scale, bound / scale);
  return value === undefined ? undefined : value * scale;
}

type Motion = Pick<SeenObject, 'headingRadians' | 'speedMps' | 'lengthMetres' | 'widthMetres'>;

/** A cell left empty is not known; one that holds no number is a fault of the row. */
function motionOf(map: TrackMap, field: Field): Motion | string {
  const { heading = 'rad', speed = 'm/s', size = 'm' } = map.units;
  const flip = map.yAxis === 'down' ? -1 : 1;
  const columns = [
    ['heading', 'headingRadians', flip * RADIANS[heading], 100],
    ['speed', 'speedMps', MPS[speed], SPEED_BOUND_MPS],
    ['length', 'lengthMetres', METRES[size], 30],
    ['width', 'widthMetres', METRES[size], 5],
  ] as const;
  const motion: Record<string, number> = {};
  for (const [column, name, scale, bound] of columns) {
    const text = field(column);
    if (text === undefined || text === '') continue;
    const value = scaled(text, Math.abs(scale), bound);
    if (value === undefined) return `${column} "${text.slice(0, 40)}" is no number within bounds`;
    motion[name] = name === 'headingRadians' ? normaliseAngle(Math.sign(scale) * value) : Math.abs(value);
  }
  return motion;
}
